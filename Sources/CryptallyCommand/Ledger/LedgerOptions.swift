import ArgumentParser
import Cryptally

/// Which ledger is meant, and by which key it is checked.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The ledger; without it, ledger.log beside the key.", valueName: "file"))
  var ledger: String?

  @Option(
    name: .customLong("secret-key"),
    help: ArgumentHelp("The secret key: the head is checked too.", valueName: "file"))
  var secretKey: String?

  @Option(
    name: .customLong("public-key"),
    help: ArgumentHelp("The public key: chain and signatures are checked.", valueName: "file"))
  var publicKey: String?

  @OptionGroup var passphrase: PassphraseOptions

  func validate() throws {
    guard (secretKey == nil) != (publicKey == nil) else {
      throw ValidationError("Give either --secret-key or --public-key.")
    }
  }

  var files: LedgerFiles { LedgerFiles(secretKey: secretKey ?? publicKey ?? "", ledger: ledger) }

  /// The ledger, checked as far as the key allows.
  func chain() throws -> LedgerChain {
    if let secretKey {
      _ = try SecretKeyFile.peek(secretKey)
      let keys = try SecretKeySet(
        contentsOf: secretKey, passphrase: passphrase.passphrase(for: secretKey))
      return try keys.ledgerChain(in: files)
    }
    let keys = try PublicKeySet(contentsOf: publicKey ?? "")
    guard let bytes = try files.readLedger() else {
      throw SecureMemoryError.noSuchFile(path: files.ledgerName)
    }
    return try LedgerChain(bytes, publicKeys: keys, source: files.ledgerName)
  }
}
