import ArgumentParser
import Cryptally

/// `cryptally keys pin`.
struct KeysPinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin", abstract: "Open the answers of another server too.")

  @Option(
    name: .customLong("secret-key"),
    help: ArgumentHelp("The secret key; it is sealed again.", valueName: "file"))
  var secretKey: String

  @Option(
    name: .customLong("server-key"),
    help: ArgumentHelp("The server's key file, where it is at hand.", valueName: "file"))
  var serverKey: String?

  @Option(
    name: .customLong("verifying-key"),
    help: ArgumentHelp("The server's verifying key, as `keys server` prints it.", valueName: "hex"))
  var verifyingKey: String?

  @OptionGroup var passphrase: PassphraseOptions

  func validate() throws {
    guard (serverKey == nil) != (verifyingKey == nil) else {
      throw ValidationError("Give either --server-key or --verifying-key.")
    }
  }

  func run() throws {
    let server = try self.server()
    _ = try SecretKeyFile.peek(secretKey)
    let secret = try passphrase.passphrase(for: secretKey)
    let keys = try SecretKeySet(contentsOf: secretKey, passphrase: secret).pinning(server)
    try AtomicFile.write(
      keys.sealed(passphrase: secret), to: secretKey, permissions: 0o600, replacing: true)
    StandardStreams.print("\(secretKey): the server \(server.fingerprint) is pinned")
  }

  private func server() throws -> VerifyingKey {
    if let serverKey { return try ServerKey(contentsOf: serverKey).verifyingKey }
    guard let verifyingKey, let bytes = HexadecimalText.bytes(of: verifyingKey),
      let key = VerifyingKey(bytes: bytes)
    else {
      throw CommandFailure(.usage, "--verifying-key takes 64 hexadecimal digits")
    }
    return key
  }
}
