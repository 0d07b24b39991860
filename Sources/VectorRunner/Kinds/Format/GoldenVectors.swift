import ClaimKeys
import ClaimQuery
import EncryptedTable
import Foundation
import Paillier
import SecureMemory
import Wire

/// Golden files: what released versions wrote, which later ones must read.
struct GoldenVectors: VectorKind {
  /// The files of one custodian. What one of them needs to be read is another one.
  struct Group: Decodable, Sendable {
    /// Where the files are, below the folder of vectors.
    let folder: String
    let passphrase: String
    /// Whether the files were made for tests.
    let acceptsTesting: Bool
  }

  struct Case: Decodable, Sendable {
    let file: String
    /// As ``WireKind`` calls it; a table's file as a whole is of kind `table`.
    let kind: String
    let version: UInt16
    /// Of the whole file.
    let digest: HexBytes
    /// Of the key that the file is or belongs to.
    let fingerprint: HexBytes
    let records: Int?
    let snapshot: HexBytes?
    let query: String?
    /// What is released of an answer, as CSV.
    let released: String?
    let entries: Int?
    let plaintext: String?
  }

  static let name = "format.golden"
  static let tableKind = "table"

  private let folder: URL
  private let parties: GoldenParties

  init(_ group: Group) throws {
    throw VectorMismatch(field: "folder", expected: "a folder of vectors", found: "none")
  }

  init(_ group: Group, folder: URL) throws {
    self.folder = folder.appending(path: group.folder)
    parties = GoldenParties(
      folder: self.folder, passphrase: SecureBytes(copying: Array(group.passphrase.utf8)),
      acceptsTesting: group.acceptsTesting)
  }

  func run(_ vector: Case) async throws {
    let bytes = try parties.read(vector.file)
    try VectorCheck.digest("digest", bytes, vector.digest)
    guard vector.kind != GoldenVectors.tableKind else { return try await checkTable(vector) }
    let header = try Envelope.peek(bytes, source: vector.file)
    try VectorCheck.equal("kind", header.kind.description, vector.kind)
    try VectorCheck.equal("version", header.version, vector.version)
    switch header.kind {
    case .publicKey: try check(parties.publicKeys().fingerprint, vector)
    case .secretKey: try check(parties.secretKeys().publicKeys.fingerprint, vector)
    case .evaluationKey:
      let keys = try EvaluationKeySet(
        serialized: bytes, source: vector.file, allowsTesting: parties.acceptsTesting)
      try check(keys.publicKeys.fingerprint, vector)
    case .serverKey:
      let server = try ServerKey(serialized: bytes, source: vector.file)
      try check(server.verifyingKey.fingerprint, vector)
    case .answer: try checkAnswer(bytes, vector)
    case .journal:
      let journal = try IngestJournal(encoded: bytes, source: vector.file)
      try VectorCheck.equal("entries", journal.entries.count, vector.entries)
      try check(header.keyFingerprint, vector)
    case .ledger: try checkLedger(bytes, vector)
    case .ledgerHead:
      let head = try LedgerHead(sealed: bytes, by: parties.secretKeys(), source: vector.file)
      try VectorCheck.equal("entries", head.entryCount, vector.entries)
      try check(header.keyFingerprint, vector)
    case .paillierPublicKey: try check(parties.paillierKey().fingerprint, vector)
    case .paillierSecretKey:
      try check(parties.paillierSecret().publicKey.fingerprint, vector)
    case .paillierCiphertext:
      let ciphertext = try Ciphertext(
        fileBytes: bytes, key: parties.paillierKey(), source: vector.file)
      try check(ciphertext.keyFingerprint, vector)
      let plaintext = try parties.paillierSecret().decryptSigned(ciphertext)
      try VectorCheck.equal("plaintext", plaintext.decimal, vector.plaintext)
    case .ciphertext, .table, .vector:
      throw VectorMismatch(field: "kind", expected: "a kind of files", found: vector.kind)
    }
  }

  private func check(_ fingerprint: Digest, _ vector: Case) throws(VectorMismatch) {
    try VectorCheck.equal("fingerprint", fingerprint.bytes, vector.fingerprint)
  }

  /// Opens a copy: SQLite may put files beside the one that it reads.
  private func checkTable(_ vector: Case) async throws {
    let copies = try TemporaryFolder()
    let path = copies.path(vector.file)
    try FileManager.default.copyItem(atPath: folder.appending(path: vector.file).path, toPath: path)
    let table = try EncryptedTable(opening: path, allowsTesting: parties.acceptsTesting)
    try VectorCheck.equal("version", TableDescription.formatVersion, vector.version)
    try check(table.description.keyFingerprint, vector)
    try VectorCheck.equal("records", table.recordCount, vector.records)
    try VectorCheck.equal("snapshot", table.snapshotDigest.bytes, vector.snapshot?.bytes)
    let report = try await TableVerification(table, publicKeys: parties.publicKeys()).run()
    try VectorCheck.equal("defects", report.defects.map(\.description), [])
    try VectorCheck.equal(
      "checked residues and units", [report.checkedResidues, report.checkedUnits], [true, true])
  }

  private func checkAnswer(_ bytes: [UInt8], _ vector: Case) throws {
    let answer = try EncryptedAnswer(
      serialized: bytes, source: vector.file, publicKeys: parties.publicKeys(),
      allowsTesting: parties.acceptsTesting)
    try check(answer.keyFingerprint, vector)
    try VectorCheck.equal("query", answer.canonicalText, vector.query)
    let released = try parties.secretKeys().openWithoutLedgerForTesting(answer)
    try VectorCheck.equal(
      "released", AnswerFormatter(.csv).text(for: released), vector.released)
  }

  private func checkLedger(_ bytes: [UInt8], _ vector: Case) throws {
    let storage = StoredLedger(ledger: bytes, head: try parties.read(GoldenParties.ledgerHead))
    let keys = try parties.secretKeys()
    let chain = try keys.ledgerChain(in: storage)
    try VectorCheck.equal("entries", chain.entries.count, vector.entries)
    try VectorCheck.equal("torn bytes", chain.tornByteCount, 0)
    try check(keys.publicKeys.fingerprint, vector)
  }
}
