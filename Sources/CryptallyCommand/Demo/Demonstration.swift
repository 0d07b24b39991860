import Cryptally
import PlaintextOracle

/// The whole story in one process: keys, encryption, queries, opening, comparison.
struct Demonstration {
  private let data: DemoData
  private let folder: DemoFolder
  private let clock = ContinuousClock()

  init(data: DemoData, work folder: DemoFolder) {
    self.data = data
    self.folder = folder
  }

  /// Runs everything and says so.
  ///
  /// - Returns: the number of cells that differ from the truth.
  func run() async throws -> Int {
    let start = clock.now
    let schema = try Schema(contentsOf: data.schema)
    let layout = try TableLayout(deriving: schema)
    StandardStreams.print("Claims  \(data.csv)")
    StandardStreams.print("Schema  \(data.schema)")
    StandardStreams.print("Files   \(folder.path)")
    if let parameters = layout.parameters {
      StandardStreams.print("Lattice \(LayoutReport.text(of: parameters))")
    }
    StandardStreams.print()

    let passphrase = try makePassphrase()
    let keyFolder = KeyFolder(folder.file("keys"))
    let keys = try step("custodian: make keys") {
      try keyFolder.prepare()
      let server = ServerKey()
      let keys = try SecretKeySet.generate(for: layout, server: server.verifyingKey)
      _ = try keyFolder.write(keys, serverKey: server, passphrase: passphrase)
      return keys
    }
    let table = folder.file("claims.cryptally")
    try await encrypt(schema, keyFolder, into: table)
    let oracle = try step("plaintext, for comparison") { try self.oracle(schema) }

    var differences = 0
    for (index, query) in DemoQuery.all.enumerated() {
      StandardStreams.print()
      StandardStreams.print("\(index + 1). \(query.title)")
      StandardStreams.print("   \(query.sql)")
      let path = folder.file("answer-\(index + 1).enc")
      try await answer(query, table: table, keyFolder, into: path)
      let answer = try step("custodian: open the totals") {
        let bytes = try AtomicFile.read(path, limit: EncryptedAnswer.fileLimit)
        return try keys.open(
          EncryptedAnswer(serialized: bytes, source: path, publicKeys: keys.publicKeys),
          ledger: LedgerFiles(secretKey: keyFolder.secretKey)
        ).answer
      }
      let comparison = DemoComparison(answer, truth: try oracle.rows(query.sql))
      StandardStreams.print(comparison.lines)
      differences += comparison.differences
    }
    StandardStreams.print()
    StandardStreams.print("All of it took \(FigureText.duration(clock.now - start)).")
    StandardStreams.print(
      "Keys, table and answers are in \(folder.path); the secret key's passphrase is in "
        + "passphrase.txt there. Remove the folder when you have seen enough.")
    return differences
  }

  /// A passphrase at random, in a file that only this user reads.
  private func makePassphrase() throws -> SecureBytes {
    var source = SystemRandomSource()
    let text = Array(HexadecimalText.text(of: source.bytes(16)).utf8)
    try AtomicFile.write(
      text + [UInt8(ascii: "\n")], to: folder.file("passphrase.txt"), permissions: 0o600,
      replacing: false)
    return SecureBytes(copying: text)
  }

  private func encrypt(_ schema: Schema, _ keys: KeyFolder, into table: String) async throws {
    let progress = ProgressLine(unit: "records")
    let report = try await step("hospital: encrypt the claims") {
      defer { progress.finish() }
      return try await TableEncryption(
        schema: schema, publicKeys: PublicKeySet(contentsOf: keys.publicKey)
      ).encrypt(data.csv, into: table) {
        progress.update(done: $0.recordsDone, of: $0.recordCount)
      }
    }
    let size = try EncryptedTable(opening: table).statistics.byteCount
    StandardStreams.print(
      "  \(FigureText.count(report.stored, "record")) stored, \(FigureText.bytes(size))")
  }

  private func oracle(_ schema: Schema) throws -> PlaintextOracle {
    let reader = try ClaimReader(path: data.csv, schema: schema)
    var records: [ClaimRecord] = []
    while let row = try reader.next() {
      switch row {
      case .record(let record): records.append(record)
      case .rejected(let problem, _): throw problem
      }
    }
    return try PlaintextOracle(schema: schema, records: records)
  }

  private func answer(
    _ query: DemoQuery, table: String, _ keys: KeyFolder, into path: String
  ) async throws {
    let executor = QueryExecutor(
      keys: try EvaluationKeySet(contentsOf: keys.evaluationKey),
      serverKey: try ServerKey(contentsOf: keys.serverKey))
    let bytes = try await step("server: answer on ciphertexts") {
      try await executor.answer(query.sql, on: [EncryptedTable(opening: table)]).serialized()
    }
    try AtomicFile.write(bytes, to: path, permissions: 0o644, replacing: false)
  }

  private func step<Result>(_ title: String, _ work: () throws -> Result) rethrows -> Result {
    let start = clock.now
    let result = try work()
    show(title, since: start)
    return result
  }

  private func step<Result>(
    _ title: String, _ work: () async throws -> Result
  ) async rethrows -> Result {
    let start = clock.now
    let result = try await work()
    show(title, since: start)
    return result
  }

  private func show(_ title: String, since start: ContinuousClock.Instant) {
    let time = FigureText.duration(clock.now - start)
    let dots = String(repeating: ".", count: max(2, 40 - title.count))
    StandardStreams.print("  \(title) \(dots) \(time)")
  }
}
