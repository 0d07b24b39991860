import EncryptedTable
import Foundation
import GRDB
import SecureMemory

/// Tables: SQLite files that a vector's statements make.
struct TableVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let statements: [String]
    let acceptsTesting: Bool
  }

  struct Case: Decodable, Sendable {
    /// Statements after those of the group.
    let changes: [String]
    /// Whether the same data follow when its batches are staged anew.
    let isIngestedAgain: Bool?
    let table: Fields?
  }

  struct Fields: Decodable, Sendable {
    let identifier: HexBytes
    let snapshot: HexBytes
    let records: Int
    let largestPersonCount: Int?
    let chunks: [Chunk]
  }

  struct Chunk: Decodable, Sendable {
    let appends: [[Int]]
    let deleted: [Int]
    let ciphertexts: [Column]
    let clear: [ClearColumn]
    let paillier: [Block]
  }

  struct Column: Decodable, Sendable {
    let key: String
    let bytes: HexBytes
  }

  struct ClearColumn: Decodable, Sendable {
    let key: String
    let cells: [String?]
    let statistics: StatisticsFields
  }

  struct Block: Decodable, Sendable {
    let block: Int
    let bytes: HexBytes
  }

  static let name = "format.table"

  private let group: Group

  init(_ group: Group) { self.group = group }

  func run(_ vector: Case) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("vector.enc")
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { database in
      for statement in group.statements + vector.changes { try database.execute(sql: statement) }
    }
    try queue.close()
    let table = try EncryptedTable(opening: path, allowsTesting: group.acceptsTesting)
    let contents = try TableContents(table)
    guard let expected = vector.table else { return }
    try VectorCheck.equal("identifier", table.description.identifier.bytes, expected.identifier)
    try VectorCheck.equal("snapshot", table.snapshotDigest.bytes, expected.snapshot)
    try VectorCheck.equal("records", table.recordCount, expected.records)
    try VectorCheck.equal(
      "largest_person_count", table.largestPersonCount, expected.largestPersonCount)
    try VectorCheck.equal("chunks", contents.chunks.count, expected.chunks.count)
    for (found, expected) in zip(contents.chunks, expected.chunks) { try found.check(expected) }
    guard vector.isIngestedAgain == true else { return }
    let again = try contents.ingested(at: folder.path("again.enc"))
    try VectorCheck.equal("is_ingested_again", again.bytes, expected.snapshot)
  }
}
