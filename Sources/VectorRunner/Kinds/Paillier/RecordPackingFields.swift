import BigInteger
import Paillier

/// How a group's records are packed, or a case's.
struct RecordPackingFields: Decodable, Sendable {
  struct Measure: Decodable, Sendable {
    let name: String
    let minimum: HexInteger
    let maximum: HexInteger
    let nullable: Bool
  }

  let measures: [Measure]
  let capacity: HexInteger
  let modulusBits: Int

  /// The packing.
  ///
  /// - Throws: `PackingError`; ``VectorMismatch`` for a number of more than 64 bits.
  func packing() throws -> RecordPacking {
    let measures = try measures.map { measure in
      let minimum = try VectorCheck.present("minimum", Int64(exactly: measure.minimum.value))
      let maximum = try VectorCheck.present("maximum", Int64(exactly: measure.maximum.value))
      return RecordPacking.Measure(
        name: measure.name, range: minimum...max(minimum, maximum), isNullable: measure.nullable)
    }
    return try RecordPacking(
      measures: measures,
      capacity: Int(VectorCheck.present("capacity", Int64(exactly: capacity.value))),
      modulusBits: modulusBits)
  }
}
