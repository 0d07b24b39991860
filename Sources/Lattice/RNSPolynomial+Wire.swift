import Wire

extension RNSPolynomial {
  /// The exact size of the packed residues.
  package static func serializedByteCount(basis: RNSBasis) -> Int {
    basis.moduli.reduce(0) { $0 + basis.degree / 8 * $1.bitWidth }
  }

  /// Limb after limb, each residue in as many bits as its modulus has, least significant bit first.
  package func write(to writer: inout BoundedWriter) {
    for (index, modulus) in basis.moduli.enumerated() {
      let residues = Array(limb(index))
      var packed = [UInt8](repeating: 0, count: degree / 8 * modulus.bitWidth)
      var span = packed.mutableSpan
      Kernels.pack(residues.span, bits: modulus.bitWidth, into: &span)
      writer.append(bytes: packed)
    }
  }

  /// Reads what `write` wrote; every residue is checked to be below its modulus.
  package init(
    basis: RNSBasis, from reader: inout BoundedReader, field: String
  ) throws(WireError) {
    var residues: [UInt64] = []
    residues.reserveCapacity(basis.count * basis.degree)
    for modulus in basis.moduli {
      let count = basis.degree / 8 * modulus.bitWidth
      let bytes = try reader.readBytes(count: count, field: field)
      var limb = [UInt64](repeating: 0, count: basis.degree)
      var span = limb.mutableSpan
      let packed = Array(bytes)
      let largest = Kernels.unpack(packed.span, bits: modulus.bitWidth, into: &span)
      guard largest < modulus.value else {
        throw reader.invalid(field: field, problem: "a residue is not below its modulus")
      }
      residues += limb
    }
    self.init(basis: basis, reducedResidues: residues)
  }
}
