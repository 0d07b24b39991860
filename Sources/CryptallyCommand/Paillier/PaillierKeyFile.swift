import Cryptally
import Paillier

/// Files of Paillier keys: ours, or those of python-paillier, which are told apart by their content.
enum PaillierKeyFile {
  private static let byteLimit = 1 << 17

  static func publicKey(_ path: String) throws -> PublicKey {
    let bytes = try AtomicFile.read(path, limit: byteLimit)
    return isJSON(bytes)
      ? try PublicKey(jsonWebKey: bytes, source: path)
      : try PublicKey(fileBytes: bytes, source: path)
  }

  /// Opens a secret key.
  static func secretKey(_ path: String, passphrase: PassphraseOptions) throws -> PrivateKey {
    let content = try AtomicFile.readSecret(path, limit: byteLimit)
    if content.withUnsafeBytes({ isJSON($0) }) {
      return try PrivateKey(jsonWebKey: content, source: path)
    }
    let bytes = content.withUnsafeBytes { Array($0) }
    // Nobody is asked for a passphrase in vain.
    _ = try Envelope.open(bytes, expecting: .paillierSecretKey, source: path)
    return try PrivateKey(
      sealed: bytes, passphrase: passphrase.passphrase(for: path), source: path)
  }

  private static func isJSON(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
  }
}
