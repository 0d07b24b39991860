import ArgumentParser
import Cryptally

/// `cryptally decrypt`.
struct DecryptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decrypt", abstract: "Open an answer, and release what the policy admits.",
    discussion: """
      The policy is sealed in the secret key. Answers of servers that are not pinned there are \
      not opened. Every answer that is opened or refused is entered in the ledger, before anything \
      is shown.
      """)

  @Argument(help: "The answer.")
  var answer: String

  @Option(
    name: .customLong("secret-key"),
    help: ArgumentHelp("The custodian's secret key.", valueName: "file"))
  var secretKey: String

  @Option(
    help: ArgumentHelp(
      "The ledger; without it, ledger.log beside the secret key.", valueName: "file"))
  var ledger: String?

  @OptionGroup var passphrase: PassphraseOptions

  @Option(help: "How the answer is written.")
  var format = AnswerFormat.table

  func run() throws {
    let bytes = try AtomicFile.read(answer, limit: EncryptedAnswer.fileLimit)
    let header = try SecretKeyFile.peek(secretKey)
    let found = try Envelope.open(bytes, expecting: .answer, source: answer)
    guard found.keyFingerprint == header.keyFingerprint else {
      throw AnswerError.otherKey(
        expected: header.keyFingerprint, found: found.keyFingerprint)
    }
    let keys = try SecretKeySet(
      contentsOf: secretKey, passphrase: passphrase.passphrase(for: secretKey))
    let encrypted = try EncryptedAnswer(
      serialized: bytes, source: answer, publicKeys: keys.publicKeys)
    let files = LedgerFiles(secretKey: secretKey, ledger: ledger)
    let opened = try keys.open(encrypted, ledger: files)
    LedgerNotice.tornBytes(opened.droppedLedgerBytes, of: files.ledgerName)
    StandardStreams.write(AnswerFormatter(format).text(for: opened.answer))
  }
}

extension AnswerFormat: ExpressibleByArgument {}
