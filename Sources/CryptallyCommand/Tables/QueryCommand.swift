import ArgumentParser
import Cryptally

/// `cryptally query`.
struct QueryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Answer SQL on encrypted tables, without any secret.",
    discussion: """
      Sums, counts and averages in PostgreSQL's syntax. The answer is encrypted: only the \
      custodian can open it. An answer of that name that is there already is replaced; any other \
      file is left alone.
      """)

  @Argument(help: "The query.")
  var sql: String

  @Option(
    help: ArgumentHelp(
      "A table. Several under one key are queried together: repeat the option.",
      valueName: "file"))
  var table: [String]

  @Option(
    name: .customLong("evaluation-key"),
    help: ArgumentHelp("The custodian's evaluation key.", valueName: "file"))
  var evaluationKey: String

  @Option(
    name: .customLong("server-key"),
    help: ArgumentHelp("The key that signs the answer.", valueName: "file"))
  var serverKey: String

  @Option(help: ArgumentHelp("The answer.", valueName: "file"))
  var out: String

  @Flag(help: "Print where the time went, added up over the threads.")
  var timing = false

  func run() async throws {
    try checkOutput()
    _ = try QueryText(sql).query
    let tables = try table.map { try EncryptedTable(opening: $0) }
    let executor = QueryExecutor(
      keys: try EvaluationKeySet(contentsOf: evaluationKey),
      serverKey: try ServerKey(contentsOf: serverKey))
    let chunks = tables.reduce(0) { $0 + $1.statistics.chunkCount }
    let progress = ProgressLine(unit: "chunks")
    let clock = ContinuousClock()
    let start = clock.now
    let timing = QueryTiming()
    let answer: EncryptedAnswer
    do {
      defer { progress.finish() }
      answer = try await executor.answer(sql, on: tables, timing: timing) { fraction in
        progress.update(done: Int(fraction * Double(chunks)), of: chunks)
      }
    } catch let error as QueryError {
      throw QueryText(sql).failure(error)
    }
    let bytes = answer.serialized()
    try AtomicFile.write(bytes, to: out, permissions: 0o644, replacing: OutputPath(out).exists)
    let records = tables.reduce(0) { $0 + $1.recordCount }
    StandardStreams.print(
      "\(out): \(FigureText.bytes(bytes.count)), over \(FigureText.count(records, "record")) in "
        + "\(FigureText.count(chunks, "chunk")), \(FigureText.duration(clock.now - start))")
    if self.timing { StandardStreams.print(report(timing)) }
  }

  private func report(_ timing: QueryTiming) -> String {
    let stages = QueryTiming.Stage.allCases.map {
      "\($0) \(FigureText.duration(timing.duration(of: $0)))"
    }
    return "lattice totals: \(stages.joined(separator: ", "))"
  }

  private func checkOutput() throws {
    let output = OutputPath(out)
    try output.checkFolder()
    guard output.exists else { return }
    let header = try? FileHeader.read(out)
    guard header?.kind == .answer else { return try output.checkIsFree() }
  }
}
