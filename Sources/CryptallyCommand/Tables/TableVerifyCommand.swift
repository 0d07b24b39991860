import ArgumentParser
import Cryptally

/// `cryptally table verify`.
struct TableVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every byte of a table.",
    discussion: """
      Compares everything with its digest, every residue of every ciphertext with its modulus, \
      clear cells with the schema. With the public key, Paillier ciphertexts are checked too.
      """)

  @Argument(help: "The table.")
  var table: String

  @Option(
    name: .customLong("public-key"),
    help: ArgumentHelp("The custodian's public key.", valueName: "file"))
  var publicKey: String?

  func run() async throws {
    let verification = try TableVerification(
      EncryptedTable(opening: table), publicKeys: publicKey.map { try PublicKeySet(contentsOf: $0) }
    )
    let progress = ProgressLine(unit: "chunks")
    let report: VerificationReport
    do {
      defer { progress.finish() }
      report = try await verification.run { progress.update(done: $0, of: $1) }
    }
    print(report)
    guard report.defectCount > 0 else { return }
    let rest = report.defectCount - report.defects.count
    let lines =
      report.defects.map { "  \(TerminalText.shown("\($0)"))" }
      + (rest > 0 ? ["  and \(FigureText.count(rest)) more"] : [])
    throw CommandFailure(
      .badData,
      "\(table): \(FigureText.count(report.defectCount, "defect")); copy it again from its source\n"
        + lines.joined(separator: "\n"))
  }

  private func print(_ report: VerificationReport) {
    var counts = TextTable([.left, .right])
    counts.add("chunks", FigureText.count(report.chunks))
    counts.add(
      "ciphertexts", FigureText.count(report.ciphertexts),
      report.checkedResidues ? "" : "digests only: give --public-key to check residues")
    counts.add("clear cells", FigureText.count(report.clearCells))
    counts.add(
      "paillier ciphertexts", FigureText.count(report.paillierCiphertexts),
      report.checkedUnits ? "" : "digests only: give --public-key to check each")
    counts.add("bytes", FigureText.count(report.byteCount))
    counts.add("defects", FigureText.count(report.defectCount))
    StandardStreams.print(counts)
  }
}
