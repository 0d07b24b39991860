import BigInteger
import Paillier

/// Records as plaintexts.
struct RecordPackingVectors: VectorKind {
  typealias Group = RecordPackingFields

  struct Case: Decodable, Sendable {
    /// One for each measure; nil for NULL.
    let values: [HexInteger?]
    let plaintexts: [HexInteger]?
  }

  static let name = "paillier.packing"

  private let packing: RecordPacking

  init(_ group: RecordPackingFields) throws { packing = try group.packing() }

  func run(_ vector: Case) throws {
    let values = try vector.values.map { value in
      try value.map { try VectorCheck.present("values", Int64(exactly: $0.value)) }
    }
    let plaintexts = try packing.pack(values)
    try VectorCheck.equal(
      "plaintexts", plaintexts, VectorCheck.present("plaintexts", vector.plaintexts))
  }
}
