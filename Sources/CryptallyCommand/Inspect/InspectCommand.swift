import ArgumentParser
import Cryptally

/// `cryptally inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Tell what a file of ours is. Never shows a secret.",
    discussion: """
      Of a secret key, only fingerprints are seen without its passphrase. With --passphrase-file, \
      or CRYPTALLY_PASSPHRASE set, its policy and pinned servers are shown too.
      """)

  @Argument(help: "A key, a table or an answer.")
  var file: String

  @OptionGroup var passphrase: PassphraseOptions

  /// The first bytes of every SQLite file.
  private static let databaseMagic = Array("SQLite format 3\0".utf8)

  func run() throws {
    let prefix = try FilePrefix.read(file, byteCount: InspectCommand.databaseMagic.count)
    let lines =
      prefix == InspectCommand.databaseMagic
      ? try TableInspection(file).lines
      : try EnvelopeInspection(file, passphrase: passphrase).lines
    lines.forEach { StandardStreams.print($0) }
  }
}
