import BigInteger
import Paillier

/// What decrypted sums say.
struct RecordTotalVectors: VectorKind {
  typealias Group = RecordPackingFields

  struct Case: Decodable, Sendable {
    struct BlockSum: Decodable, Sendable {
      let block: Int
      let sum: HexInteger
    }

    let sumsAsked: [Int]
    let countsAsked: [Int]
    let blockSums: [BlockSum]
    let blocks: [Int]?
    /// Of each block that is asked for.
    let hiddenFields: [[Int]]?
    let recordCount: Int?
    /// By measure; nil for one that is not asked for.
    let counts: [Int?]?
    let sums: [HexInteger?]?
  }

  static let name = "paillier.packed-totals"

  private let packing: RecordPacking

  init(_ group: RecordPackingFields) throws { packing = try group.packing() }

  func run(_ vector: Case) throws {
    let request = PackingRequest(sums: Set(vector.sumsAsked), counts: Set(vector.countsAsked))
    var sums: [Int: BigInteger] = [:]
    for block in vector.blockSums { sums[block.block] = block.sum.value }
    let totals = try packing.unpack(sums, answering: request)

    let blocks = try packing.blocks(answering: request)
    try VectorCheck.equal("blocks", blocks, VectorCheck.present("blocks", vector.blocks))
    try VectorCheck.equal(
      "hidden_fields",
      blocks.map { packing.hiddenFields(inBlock: $0, answering: request).sorted() },
      VectorCheck.present("hidden_fields", vector.hiddenFields))
    try VectorCheck.equal(
      "record_count", totals.recordCount,
      VectorCheck.present("record_count", vector.recordCount))
    let measures = packing.measures.indices
    try VectorCheck.equal(
      "counts", measures.map { totals.counts[$0] },
      VectorCheck.present("counts", vector.counts))
    try VectorCheck.equal(
      "sums", measures.map { totals.sums[$0].map { BigInteger($0).hexadecimal } },
      VectorCheck.present("sums", vector.sums).map { $0?.value.hexadecimal })
  }
}
