import ArgumentParser
import Cryptally

/// `cryptally audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Evaluate an answer's query again, and compare.",
    discussion: """
      Needs copies of the answer's tables and no secret. Finds tables that were exchanged, records \
      that were left out and arithmetic that went wrong. Whether the totals in the answer are what \
      the server says it added up, only opening a second server's answer can tell.
      """)

  @Argument(help: "The answer.")
  var answer: String

  @Option(
    help: ArgumentHelp(
      "A copy of a table of the answer: repeat the option for each.", valueName: "file"))
  var table: [String]

  @Option(
    name: .customLong("evaluation-key"),
    help: ArgumentHelp("The custodian's evaluation key.", valueName: "file"))
  var evaluationKey: String

  func run() async throws {
    let bytes = try AtomicFile.read(answer, limit: EncryptedAnswer.fileLimit)
    let tables = try table.map { try EncryptedTable(opening: $0) }
    let keys = try EvaluationKeySet(contentsOf: evaluationKey)
    let encrypted = try EncryptedAnswer(
      serialized: bytes, source: answer, publicKeys: keys.publicKeys)
    let chunks = tables.reduce(0) { $0 + $1.statistics.chunkCount }
    let progress = ProgressLine(unit: "chunks")
    do {
      defer { progress.finish() }
      try await AnswerAudit(keys: keys).check(encrypted, against: tables) { fraction in
        progress.update(done: Int(fraction * Double(chunks)), of: chunks)
      }
    } catch let error as AuditError {
      throw CommandFailure(.refused, "\(answer): \(error)")
    }
    StandardStreams.print(
      "\(answer): the same: \(FigureText.count(tables.count, "table")), "
        + "evaluation \(encrypted.evaluationDigest)")
    StandardStreams.print("signed by the server key \(encrypted.server.fingerprint)")
  }
}
