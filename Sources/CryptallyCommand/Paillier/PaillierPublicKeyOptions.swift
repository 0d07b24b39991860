import ArgumentParser
import Cryptally
import Paillier

/// The public key that numbers are encrypted and added under.
struct PaillierPublicKeyOptions: ParsableArguments {
  @Option(
    name: .customLong("public-key"),
    help: ArgumentHelp("The public key, ours or python-paillier's.", valueName: "file"))
  var path: String

  func key() throws -> PublicKey { try PaillierKeyFile.publicKey(path) }
}
