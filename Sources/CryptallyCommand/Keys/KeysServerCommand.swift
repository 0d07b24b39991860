import ArgumentParser
import Cryptally

/// `cryptally keys server`.
struct KeysServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "server", abstract: "Make the signing key of another server.",
    discussion: """
      The server keeps the file. The custodian pins its public half, which is printed, with \
      `cryptally keys pin`.
      """)

  @Option(help: ArgumentHelp("The key file, which must not exist.", valueName: "file"))
  var out: String

  func run() throws {
    let key = ServerKey()
    try AtomicFile.write(key.serialized(), to: out, permissions: 0o600, replacing: false)
    var table = TextTable()
    table.add("verifying key", HexadecimalText.text(of: key.verifyingKey.bytes))
    table.add("fingerprint", key.verifyingKey.fingerprint.hexadecimal)
    StandardStreams.print(table)
  }
}
