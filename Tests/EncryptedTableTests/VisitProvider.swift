import ClaimKeys
import ClaimSchema
import EncryptedTable
import Foundation
import SecureMemory
import Testing

/// A visit with what tells it from all others, its number.
struct Visit: Hashable, Sendable {
  var number: Int64
  var site: String?
  var year: Int?
  var patient: String?

  var row: String { "\(number),\(site ?? ""),\(year.map(String.init) ?? ""),\(patient ?? "")" }
}

/// A hospital whose schema gathers records by site and year and knows the patients. A chunk takes 64
/// records.
struct VisitProvider: Sendable {
  let folder: TestFolder

  static let slots = 64
  static let buckets = 8
  static let schemaText = """
    table: visits
    capacity: 5000
    depth: 0
    cluster_by: [site, year]
    person: PATIENT
    person_buckets: 8
    columns:
      NUMBER: { type: integer, range: [0, 10000], protect: encrypted, nullable: false }
      SITE: { type: category, protect: clear }
      YEAR: { type: integer, range: [0, 10000], protect: clear }
    """

  private static let shared = Result {
    let schema = try Schema.parse(yaml: schemaText, source: "visits.yaml")
    return try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: schema, degree: slots),
      server: ServerKey().verifyingKey)
  }

  var keys: SecretKeySet { get throws { try VisitProvider.shared.get() } }

  init(_ folder: TestFolder? = nil) throws { self.folder = try folder ?? TestFolder() }

  @discardableResult
  func encrypt(
    _ visits: [Visit], as name: String = "visits.csv", appends: Bool = false,
    progress: @Sendable (EncryptionProgress) -> Void = { _ in }
  ) async throws -> EncryptionReport {
    let path = folder.path + "/" + name
    let lines = ["NUMBER,SITE,YEAR,PATIENT"] + visits.map(\.row)
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
    return try await TableEncryption(schema: keys.layout.schema, publicKeys: keys.publicKeys)
      .encrypt(
        path, into: folder.table, options: EncryptionOptions(appends: appends), progress: progress)
  }

  func table() throws -> EncryptedTable {
    try EncryptedTable(opening: folder.table, allowsTesting: true)
  }

  /// The visits of each chunk in the order of slots, opened with the secret key; without patients.
  func chunks(_ table: EncryptedTable) throws -> [[Visit]] {
    try table.chunks.map { chunk in
      let numbers = try table.slots("number/value/0", chunk: chunk.index, keys: keys)
      let sites = try table.clearCells(column: "site", chunk: chunk.index)
      let years = try table.clearCells(column: "year", chunk: chunk.index)
      #expect(sites.count == chunk.occupied && years.count == chunk.occupied)
      #expect(numbers.dropFirst(chunk.occupied).allSatisfy { $0 == 0 })
      return (0..<chunk.occupied).map { slot in
        Visit(number: numbers[slot], site: sites[slot], year: years[slot].flatMap { Int($0) })
      }
    }
  }

  func chunks() throws -> [[Visit]] { try chunks(table()) }
}

extension [Visit] {
  /// Without what a table does not hold.
  var stored: [Visit] { map { Visit(number: $0.number, site: $0.site, year: $0.year) } }
}
