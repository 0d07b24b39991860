import Lattice

/// Signed numbers in slots.
struct SlotVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let modulus: HexWord
  }

  struct Case: Decodable, Sendable {
    let values: [HexWord]
    let slots: [UInt32]
    let isWithin: Bool
    /// Nothing is said where a value is outside of the range.
    let placed: [HexWord]?
    let residues: [HexWord]
    let positions: [UInt32]
    let read: [HexWord]
  }

  static let name = "lattice.slots"

  private let modulus: Modulus

  init(_ group: Group) throws { modulus = try Modulus(group.modulus.value) }

  func run(_ vector: Case) throws {
    try check(vector)
    let values = vector.values.values.map { Int64(bitPattern: $0) }
    var placed = [UInt64](repeating: 0, count: vector.slots.count)
    var places = placed.mutableSpan
    let isWithin = Kernels.placeSlots(
      &places, values.span, slots: vector.slots.span, modulus: modulus)
    try VectorCheck.equal("is_within", isWithin, vector.isWithin)
    if let expected = vector.placed { try VectorCheck.equal("placed", placed, expected) }
    var read = [Int64](repeating: 0, count: vector.positions.count)
    var numbers = read.mutableSpan
    Kernels.readSlots(
      &numbers, vector.residues.values.span, positions: vector.positions.span, modulus: modulus)
    try VectorCheck.equal("read", read.map { UInt64(bitPattern: $0) }, vector.read)
  }

  private func check(_ vector: Case) throws(MalformedVector) {
    let count = vector.slots.count
    guard count > 0, count.isMultiple(of: 8), vector.positions.count == count,
      vector.positions.allSatisfy({ $0 < count }), vector.values.count <= count
    else { throw MalformedVector("slots", "not a multiple of 8, or not all of one count") }
    try vector.residues.values.check(count: count, field: "residues")
    try vector.residues.values.check(below: modulus.value, field: "residues")
  }
}
