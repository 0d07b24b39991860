import ArgumentParser
import Cryptally

/// `cryptally keys generate`.
struct KeysGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Make the keys for a schema.",
    discussion: """
      Writes secret.key (sealed with a passphrase, for the custodian), public.key (for the \
      providers), evaluation.key and server.key (both for the server), and ledger.head, which \
      stays beside secret.key. Existing keys are never \
      overwritten.
      """)

  @Option(help: ArgumentHelp("The schema file (YAML).", valueName: "file"))
  var schema: String

  @Option(help: ArgumentHelp("The folder for the keys.", valueName: "folder"))
  var out: String

  @OptionGroup var passphrase: PassphraseOptions

  @Flag(
    name: .customLong("no-suppression"),
    help: "Make a key that withholds nothing, totals over single records included.")
  var waivesSuppression = false

  func run() throws {
    let parsed = try Schema(contentsOf: schema)
    let layout = try TableLayout(deriving: parsed)
    guard parsed.disclosure.minimumCohort > 1 || waivesSuppression else {
      throw KeyError.suppressionNotWaived
    }
    let folder = KeyFolder(out)
    try folder.prepare()
    let secret = try passphrase.newPassphrase()
    let server = ServerKey()
    let keys = try SecretKeySet.generate(
      for: layout, server: server.verifyingKey, suppressionWaived: waivesSuppression)
    let files = try folder.write(keys, serverKey: server, passphrase: secret)
    try report(keys, files: files)
  }

  private func report(_ keys: SecretKeySet, files: [NewFiles.WrittenFile]) throws {
    var head = TextTable()
    head.add("public key", keys.publicKeys.fingerprint.hexadecimal)
    head.add("", "providers compare it: give it to them by another way than the file")
    try LayoutReport(keys.layout).add(to: &head)
    PolicyReport(keys).add(to: &head)
    StandardStreams.print(head)
    StandardStreams.print()
    var sizes = TextTable([.left, .right])
    for file in files { sizes.add(file.path, FigureText.bytes(file.byteCount)) }
    StandardStreams.print(sizes)
  }
}
