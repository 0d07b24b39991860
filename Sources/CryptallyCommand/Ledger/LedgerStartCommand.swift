import ArgumentParser
import Cryptally

/// `cryptally ledger start`.
struct LedgerStartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Begin a new ledger for a secret key that has none.",
    discussion: """
      `keys generate` does it for new keys. A budget of differential privacy begins anew too: keep \
      the old ledger, and do this only when its head is lost.
      """)

  @Option(
    name: .customLong("secret-key"),
    help: ArgumentHelp("The custodian's secret key.", valueName: "file"))
  var secretKey: String

  @Option(
    help: ArgumentHelp(
      "The ledger, which must not exist; without it, ledger.log beside the key.",
      valueName: "file"))
  var ledger: String?

  @OptionGroup var passphrase: PassphraseOptions

  func run() throws {
    let files = LedgerFiles(secretKey: secretKey, ledger: ledger)
    try OutputPath(files.headName).checkIsFree()
    try OutputPath(files.ledgerName).checkIsFree()
    _ = try SecretKeyFile.peek(secretKey)
    let keys = try SecretKeySet(
      contentsOf: secretKey, passphrase: passphrase.passphrase(for: secretKey))
    try AtomicFile.write(
      keys.makeLedgerHead(), to: files.headName, permissions: 0o600, replacing: false)
    StandardStreams.print("\(files.headName): the head of a ledger without entries")
  }
}
