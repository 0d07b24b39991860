import BigInteger

/// Running products modulo n², one for each group, by the fastest kernels.
struct GroupedProduct: Sendable {
  private enum Kernels {
    case lanes(LaneProducts)
    case single([MontgomeryProduct])
  }

  private var kernels: Kernels

  /// Empty products.
  init(ring: CiphertextRing, groupCount: Int) {
    kernels =
      ring.square.lanes.flatMap { LaneProducts(modulus: $0, groupCount: groupCount) }
      .map(Kernels.lanes)
      ?? .single([MontgomeryProduct](repeating: ring.emptyProduct, count: groupCount))
  }

  /// Multiplies a group's product by a residue in as many limbs as the ring has.
  mutating func multiply(by limbs: [UInt], group: Int) {
    update(
      lanes: { _ = $0.add(limbs, to: group) },
      single: { _ = $0[group].multiply(by: limbs) })
  }

  /// Multiplies each product by the other's of the same ring and group.
  mutating func multiply(by other: GroupedProduct) {
    update(
      lanes: { lanes in
        if case .lanes(let others) = other.kernels { _ = lanes.merge(others) }
      },
      single: { products in
        guard case .single(let others) = other.kernels else { return }
        for group in products.indices { _ = products[group].multiply(by: others[group]) }
      })
  }

  /// A group's product in [0, n²).
  func value(of group: Int) -> BigInteger {
    switch kernels {
    case .lanes(let products): products.value(of: group) ?? 1
    case .single(let products): products[group].value()
    }
  }

  /// Changes the products in place: they leave the enumeration meanwhile, so that nothing is copied.
  private mutating func update(
    lanes: (inout LaneProducts) -> Void, single: (inout [MontgomeryProduct]) -> Void
  ) {
    switch kernels {
    case .lanes(var products):
      kernels = .single([])
      lanes(&products)
      kernels = .lanes(products)
    case .single(var products):
      kernels = .single([])
      single(&products)
      kernels = .single(products)
    }
  }
}
