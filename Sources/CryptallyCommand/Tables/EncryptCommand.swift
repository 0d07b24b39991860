import ArgumentParser
import Cryptally

/// `cryptally encrypt`.
struct EncryptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encrypt", abstract: "Encrypt a claims file into a table.",
    discussion: """
      All records are checked first; what is added becomes visible at the end, at once. After a \
      kill, the same command goes on where it was. With `--on-bad-record stop` the first bad \
      record ends the run and nothing of it is kept; with `skip` bad records are left out and \
      counted.
      """)

  @Argument(help: "The claims file: CSV, NDJSON or FHIR, packed by gzip or not.")
  var claims: String

  @OptionGroup var file: ClaimsFileOptions

  @Option(help: ArgumentHelp("The schema file (YAML).", valueName: "file"))
  var schema: String

  @Option(
    name: .customLong("public-key"),
    help: ArgumentHelp("The custodian's public key.", valueName: "file"))
  var publicKey: String

  @Option(help: ArgumentHelp("The table.", valueName: "file"))
  var table: String

  @Flag(help: "Add to a table that exists.")
  var append = false

  @Flag(help: "Take a claims file that the table has already.")
  var again = false

  @Flag(
    name: .customLong("discard-unfinished"),
    help: "Drop what an interrupted run over another claims file has left.")
  var discardsUnfinished = false

  @Option(
    name: .customLong("expect-fingerprint"),
    help: ArgumentHelp(
      "Refuse a public key that has not this fingerprint.", valueName: "hex"))
  var expectedFingerprint: String?

  @Option(name: .customLong("on-bad-record"), help: "What to do with a record that does not fit.")
  var badRecords = BadRecordPolicy.stop

  @Option(
    help: ArgumentHelp(
      "Where skipped records go, each with its reason. The file holds them in clear.",
      valueName: "file"))
  var rejects: String?

  func run() async throws {
    let expected = try expectedFingerprint.map(fingerprint)
    let reading = try file.reading()
    if let rejects { try check(rejects: rejects, reading) }
    let parsed = try Schema(contentsOf: schema)
    let keys = try PublicKeySet(contentsOf: publicKey)
    StandardStreams.print("public key  \(keys.fingerprint)")
    if let expected { try keys.expect(fingerprint: expected) }
    let encryption = try TableEncryption(schema: parsed, publicKeys: keys)
    let progress = ProgressLine(unit: "records")
    let options = EncryptionOptions(
      appends: append, again: again, discardsUnfinished: discardsUnfinished,
      badRecords: badRecords, rejectsPath: rejects, reading: reading)
    let report: EncryptionReport
    do {
      defer { progress.finish() }
      report = try await encryption.encrypt(claims, into: table, options: options) {
        progress.update(done: $0.recordsDone, of: $0.recordCount)
      }
    }
    StandardStreams.print(EncryptionSummary(report, table: table, rejects: rejects).lines)
  }

  private func fingerprint(_ text: String) throws -> Digest {
    guard let digest = Digest(hexadecimal: text) else {
      throw CommandFailure(.usage, "--expect-fingerprint takes 64 hexadecimal digits")
    }
    return digest
  }

  /// The rejects file is replaced when it is there: it must not be one of the other files.
  private func check(rejects: String, _ reading: ReadingOptions) throws {
    let output = OutputPath(rejects)
    try output.checkFolder()
    let others = [claims, schema, publicKey, table] + reading.companions.values
    for other in others where output.isSameFile(as: other) {
      throw CommandFailure(.usage, "--rejects \(rejects) is the same file as \(other)")
    }
  }
}

extension BadRecordPolicy: ExpressibleByArgument {}
