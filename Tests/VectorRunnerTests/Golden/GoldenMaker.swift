import BigInteger
import ClaimKeys
import ClaimQuery
import ClaimSchema
import CustodianLedger
import EncryptedTable
import Foundation
import Paillier
import SecureMemory
import VectorRunner
import Wire

/// Writes the golden files of one set, as the parties would, and says what must be read of them.
struct GoldenMaker {
  /// A case of the manifest.
  typealias Case = [String: Any]

  private let set: GoldenSet
  private let folder: URL
  private let passphrase = SecureBytes(copying: Array(GoldenSet.passphrase.utf8))
  private var cases: [Case] = []

  private static let table = "claims.cryptally"

  /// - Parameter folder: a new folder for the set.
  init(_ set: GoldenSet, folder: URL) {
    self.set = set
    self.folder = folder
  }

  /// Makes all files and gives the manifest's cases, without their numbers.
  mutating func make() async throws -> [Case] {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let schema = try Schema.parse(yaml: set.schema, source: set.name)
    let layout =
      try set.testDegree.map { try TableLayout(insecureForTesting: schema, degree: $0) }
      ?? TableLayout(deriving: schema)
    let server = ServerKey()
    let keys = try SecretKeySet.generate(for: layout, server: server.verifyingKey)
    let evaluation = keys.makeEvaluationKeys()
    try write(keys, evaluation, server)
    let table = try await makeTable(schema, keys)
    try await makeAnswers(table, keys, QueryExecutor(keys: evaluation, serverKey: server))
    if set.hasPaillierFiles { try makePaillierFiles() }
    return cases
  }

  private mutating func write(
    _ keys: SecretKeySet, _ evaluation: EvaluationKeySet, _ server: ServerKey
  ) throws {
    let fingerprint = keys.publicKeys.fingerprint
    let cost: PassphraseCost = set.testDegree == nil ? .standard : .insecureForTesting
    try add(GoldenParties.publicKey, keys.publicKeys.serialized(), fingerprint)
    try add(
      GoldenParties.secretKey, keys.sealed(passphrase: passphrase, cost: cost), fingerprint)
    try add(GoldenParties.evaluationKey, evaluation.serialized(), fingerprint)
    try add(GoldenParties.serverKey, server.serialized(), server.verifyingKey.fingerprint)
  }

  private mutating func makeTable(
    _ schema: Schema, _ keys: SecretKeySet
  ) async throws -> EncryptedTable {
    let path = folder.appending(path: GoldenMaker.table).path
    let encryption = try TableEncryption(schema: schema, publicKeys: keys.publicKeys)
    let work = try TemporaryFolder()
    for (index, source) in set.sources.enumerated() {
      let claims = try work.write(source, to: "claims-\(index).csv")
      _ = try await encryption.encrypt(
        claims, into: path, options: EncryptionOptions(appends: index > 0))
    }
    if let condition = set.deletes {
      _ = try TableDeletion(where: condition, schema: schema).run(on: opened(path))
    }
    let table = try opened(path)
    let bytes = try AtomicFile.read(path, limit: 1 << 24)
    add(
      GoldenMaker.table, bytes, kind: "table", version: Int(TableDescription.formatVersion),
      keys.publicKeys.fingerprint,
      ["records": table.recordCount, "snapshot": table.snapshotDigest.hexadecimal])
    let journal = GoldenMaker.table + ".journal"
    try add(
      journal, AtomicFile.read(folder.appending(path: journal).path, limit: 1 << 20),
      keys.publicKeys.fingerprint, ["entries": set.sources.count])
    return table
  }

  private func opened(_ path: String) throws -> EncryptedTable {
    try EncryptedTable(opening: path, allowsTesting: set.testDegree != nil)
  }

  private mutating func makeAnswers(
    _ table: EncryptedTable, _ keys: SecretKeySet, _ executor: QueryExecutor
  ) async throws {
    let ledger = LedgerFiles(
      secretKey: folder.appending(path: GoldenParties.secretKey).path)
    try ledger.writeHead(keys.makeLedgerHead())
    let fingerprint = keys.publicKeys.fingerprint
    for (index, query) in set.queries.enumerated() {
      let answer = try await executor.answer(query, on: [table])
      let opened = try keys.open(answer, ledger: ledger)
      try add(
        "answer-\(index + 1).cryptally", answer.serialized(), fingerprint,
        [
          "query": answer.canonicalText,
          "released": AnswerFormatter(.csv).text(for: opened.answer),
        ])
    }
    for name in [GoldenParties.ledger, GoldenParties.ledgerHead] {
      try add(
        name, AtomicFile.read(folder.appending(path: name).path, limit: 1 << 20), fingerprint,
        ["entries": set.queries.count])
    }
    try FileManager.default.removeItem(at: folder.appending(path: "ledger.lock"))
  }

  private mutating func makePaillierFiles() throws {
    let key = try PrivateKey.generate(bitCount: 2048)
    let fingerprint = key.publicKey.fingerprint
    try add(GoldenParties.paillierPublicKey, key.publicKey.fileBytes(), fingerprint)
    try add(GoldenParties.paillierSecretKey, key.sealed(passphrase: passphrase), fingerprint)
    let ciphertext = try Paillier.Encryptor(publicKey: key.publicKey).encrypt(signed: -1234)
    try add(
      "total.cryptally", ciphertext.fileBytes(for: key.publicKey), fingerprint,
      ["plaintext": "-1234"])
  }

  /// Writes an enveloped file, unless it is there, and adds its case.
  private mutating func add(
    _ name: String, _ bytes: [UInt8], _ fingerprint: Digest, _ contents: Case = [:]
  ) throws {
    let header = try Envelope.peek(bytes, source: name)
    let path = folder.appending(path: name).path
    if !FileManager.default.fileExists(atPath: path) {
      try AtomicFile.write(bytes, to: path, permissions: 0o644, replacing: false)
    }
    add(
      name, bytes, kind: header.kind.description, version: Int(header.version), fingerprint,
      contents)
  }

  private mutating func add(
    _ name: String, _ bytes: [UInt8], kind: String, version: Int, _ fingerprint: Digest,
    _ contents: Case
  ) {
    let own: Case = [
      "comment": kind, "flags": [String](), "result": "valid", "file": name, "kind": kind,
      "version": version, "fingerprint": fingerprint.hexadecimal,
      "digest": Digest.of(bytes, domain: VectorCheck.digestDomain).hexadecimal,
    ]
    cases.append(own.merging(contents) { first, _ in first })
  }
}
