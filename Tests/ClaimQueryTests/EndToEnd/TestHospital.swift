import ClaimKeys
import ClaimQuery
import ClaimSchema
import EncryptedTable
import Foundation
import PlaintextOracle
import SecureMemory

/// All parties of one story in a temporary folder: schema, keys, tables, server, custodian.
final class TestHospital {
  let schema: Schema
  let keys: SecretKeySet
  let evaluationKeys: EvaluationKeySet
  let server: ServerKey
  let folder: URL
  private(set) var records: [ClaimRecord] = []
  private(set) var tables: [EncryptedTable] = []

  /// - Parameter degree: the ring degree of test-only parameters; nil for the real ones.
  init(schema text: String, degree: Int?) throws {
    let schema = try Schema.parse(yaml: text, source: "test schema")
    let layout =
      try degree.map { try TableLayout(insecureForTesting: schema, degree: $0) }
      ?? TableLayout(deriving: schema)
    self.schema = schema
    server = ServerKey()
    keys = try SecretKeySet.generate(
      for: layout, server: server.verifyingKey, suppressionWaived: true)
    evaluationKeys = keys.makeEvaluationKeys()
    folder = FileManager.default.temporaryDirectory.appending(
      path: "cryptally-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Encrypts a claims file that exists.
  func encrypt(path: String, table name: String) async throws {
    let table = folder.appending(path: name).path
    _ = try await TableEncryption(schema: schema, publicKeys: keys.publicKeys).encrypt(
      path, into: table)
    tables.append(try EncryptedTable(opening: table, allowsTesting: true))
    let reader = try ClaimReader(path: path, schema: schema)
    while let row = try reader.next() {
      if case .record(let record) = row { records.append(record) }
    }
  }

  /// Encrypts rows given as CSV text.
  func encrypt(csv: String, table name: String) async throws {
    let path = folder.appending(path: "\(name).csv").path
    try Data(csv.utf8).write(to: URL(fileURLWithPath: path))
    try await encrypt(path: path, table: name)
  }

  /// Sees what was published since.
  func reopenTables() throws {
    tables = try tables.map { try EncryptedTable(opening: $0.path, allowsTesting: true) }
  }

  func oracle() throws -> PlaintextOracle {
    try PlaintextOracle(schema: schema, records: records)
  }

  /// The answer as it crosses to the custodian, in bytes.
  func answerBytes(_ sql: String) async throws -> [UInt8] {
    try await QueryExecutor(keys: evaluationKeys, serverKey: server).answer(sql, on: tables)
      .serialized()
  }

  /// What the analyst gets.
  func ask(_ sql: String, minimumCohort: Int = 1) async throws -> Answer {
    try await open(answerBytes(sql), minimumCohort: minimumCohort)
  }

  func open(_ bytes: [UInt8], minimumCohort: Int = 1) throws -> Answer {
    try open(bytes, under: DisclosureSettings(minimumCohort: minimumCohort))
  }

  func open(_ bytes: [UInt8], under settings: DisclosureSettings) throws -> Answer {
    let custodian = keys.withDisclosureForTesting(settings)
    let answer = try EncryptedAnswer(
      serialized: bytes, source: "answer", publicKeys: keys.publicKeys, allowsTesting: true)
    return try custodian.open(answer)
  }
}

extension SecretKeySet {
  /// What the policy admits of an answer that no ledger tells of.
  func open(_ answer: EncryptedAnswer) throws -> Answer { try openWithoutLedgerForTesting(answer) }
}

extension Answer {
  /// The rows as the oracle gives them; decimals as reals.
  var values: [[PlaintextOracle.Value]] {
    rows.map { row in
      row.map { cell in
        switch cell {
        case .value(.text(let text)), .value(.date(let text)): .text(text)
        case .value(.integer(let number)): .integer(number)
        case .value(.numeric(let number)): Double(number.text).map { .real($0) } ?? .null
        case .value(.double(let number)): .real(number)
        case .value(.boolean(let truth)): .integer(truth ? 1 : 0)
        case .value(.null), .withheld: .null
        }
      }
    }
  }
}

extension PlaintextOracle.Value {
  /// Equal up to the rounding of reals; keys compare by their text.
  func isClose(to other: PlaintextOracle.Value) -> Bool {
    switch (self, other) {
    case (.text(let a), .integer(let b)): a == String(b)
    case (.integer(let a), .text(let b)): String(a) == b
    case (.integer(let a), .integer(let b)): a == b
    case (.real(let a), .real(let b)): abs(a - b) <= 1e-9 * max(1e3, abs(a), abs(b))
    case (.real(let a), .integer(let b)), (.integer(let b), .real(let a)):
      abs(a - Double(b)) <= 1e-9 * max(1e3, abs(a))
    default: self == other
    }
  }
}
