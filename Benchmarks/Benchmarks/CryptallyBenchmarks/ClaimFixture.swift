import Cryptally
import Foundation

/// A small schema, its keys, and generated claims that fill one chunk, in a temporary folder.
final class ClaimFixture: Sendable {
  static let sql = "SELECT sum(paid) FROM claims WHERE sex = '1'"

  private static let schemaText = """
    table: claims
    capacity: 200000
    depth: 1
    columns:
      SEX:  { name: sex, type: category, protect: encrypted, values: ["1", "2"] }
      PAID: { name: paid, type: money, scale: 2, range: [-20000.00, 200000.00], protect: encrypted }
    """

  let schema: Schema
  let keys: SecretKeySet
  let evaluationKeys: EvaluationKeySet
  let server = ServerKey()
  let recordCount: Int
  private let folder: URL
  private let ledger: LedgerFiles

  init() throws {
    schema = try Schema.parse(yaml: ClaimFixture.schemaText, source: "benchmark schema")
    let layout = try TableLayout(deriving: schema)
    recordCount = layout.parameters?.degree ?? 0
    keys = try SecretKeySet.generate(for: layout, server: server.verifyingKey)
    evaluationKeys = keys.makeEvaluationKeys()
    folder = FileManager.default.temporaryDirectory.appending(
      path: "cryptally-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    ledger = LedgerFiles(secretKey: folder.appending(path: "secret.key").path)
    try ledger.exclusively { try ledger.writeHead(keys.makeLedgerHead()) }
    var text = "SEX,PAID\n"
    for record in 0..<recordCount {
      text += "\(1 + record % 2),\(record * 7919 % 40000).\(10 + record % 90)\n"
    }
    try Data(text.utf8).write(to: folder.appending(path: "claims.csv"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Encrypts the claims into a new table and gives its path.
  func encrypt() async throws -> String {
    let table = folder.appending(path: "\(UUID().uuidString).cryptally").path
    _ = try await TableEncryption(schema: schema, publicKeys: keys.publicKeys).encrypt(
      folder.appending(path: "claims.csv").path, into: table)
    return table
  }

  /// The answer to the query on a table, as it crosses to the custodian.
  func answer(table: String) async throws -> EncryptedAnswer {
    try await QueryExecutor(keys: evaluationKeys, serverKey: server).answer(
      ClaimFixture.sql, on: [EncryptedTable(opening: table)])
  }

  /// What the custodian makes of an answer, entered in a ledger on the disk.
  func open(_ answer: EncryptedAnswer) throws -> Answer {
    try keys.open(answer, ledger: ledger).answer
  }
}
