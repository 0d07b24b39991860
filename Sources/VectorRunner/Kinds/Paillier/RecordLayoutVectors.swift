import BigInteger
import Paillier

/// Where the fields of packed records lie.
struct RecordLayoutVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    struct Field: Decodable, Hashable, Sendable, CustomStringConvertible {
      enum Content: String, Decodable, Sendable {
        case value
        case flag
        case recordCount = "record_count"
      }

      let content: Content
      /// Nil for the count of records.
      let measure: Int?
      let block: Int
      let bitOffset: Int
      let bits: Int
      let maximum: HexInteger

      var description: String {
        "\(content.rawValue) \(measure.map(String.init) ?? ""): block \(block), bit \(bitOffset), "
          + "\(bits) bits, maximum \(maximum.value.hexadecimal)"
      }
    }

    let packing: RecordPackingFields
    let blockCount: Int?
    let fields: [Field]?

    private enum CodingKeys: CodingKey {
      case blockCount
      case fields
    }

    init(from decoder: any Decoder) throws {
      packing = try RecordPackingFields(from: decoder)
      let container = try decoder.container(keyedBy: CodingKeys.self)
      blockCount = try container.decodeIfPresent(Int.self, forKey: .blockCount)
      fields = try container.decodeIfPresent([Field].self, forKey: .fields)
    }
  }

  static let name = "paillier.layout"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let packing = try vector.packing.packing()
    try VectorCheck.equal(
      "block_count", packing.blockCount, VectorCheck.present("block_count", vector.blockCount))
    try VectorCheck.equal(
      "fields", packing.fields.map(Case.Field.init),
      VectorCheck.present("fields", vector.fields))
  }
}

extension RecordLayoutVectors.Case.Field {
  init(_ field: RecordPacking.Field) {
    (content, measure) =
      switch field.content {
      case .value(let measure): (.value, measure)
      case .flag(let measure): (.flag, measure)
      case .recordCount: (.recordCount, nil)
      }
    block = field.block
    bitOffset = field.bitOffset
    bits = field.bitCount
    maximum = HexInteger(BigInteger(field.maximum))
  }
}
