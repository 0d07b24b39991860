import ArgumentParser
import Cryptally

/// `cryptally ledger verify`.
struct LedgerVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that the ledger is the custodian's and unaltered.",
    discussion: """
      With the public key: every signature, and that each entry follows the one before it. With \
      the secret key also the head, which shows whether entries were taken away.
      """)

  @OptionGroup var options: LedgerOptions

  func run() throws {
    let chain = try options.chain()
    let checked = options.secretKey == nil ? "chain and signatures" : "chain, signatures and head"
    StandardStreams.print(
      "\(options.files.ledgerName): "
        + FigureText.entries(chain.entries.count) + ", \(checked) are right")
    LedgerNotice.tornBytes(chain.tornByteCount, of: options.files.ledgerName)
  }
}

extension FigureText {
  /// `1 entry`, `12 entries`.
  fileprivate static func entries(_ number: Int) -> String {
    "\(count(number)) \(number == 1 ? "entry" : "entries")"
  }
}
