import ArgumentParser
import Cryptally
import Paillier

/// How encrypted numbers are written.
enum NumberFormat: String, CaseIterable, ExpressibleByArgument {
  /// Our own: it names the key and has a digest.
  case base64
  /// That of python-paillier.
  case json

  /// Long enough to be a ciphertext, too long for most file names.
  private static let shortestCiphertext = Envelope.overheadByteCount * 4 / 3

  /// Whether an argument is a ciphertext itself and not the name of a file.
  static func isCiphertext(_ argument: String) -> Bool {
    argument.hasPrefix("{") || argument.utf8.count >= shortestCiphertext
  }

  /// - Throws: `PaillierError`.
  func text(of number: EncryptedNumber, key: PublicKey) throws(PaillierError) -> String {
    switch self {
    case .base64: Base64.standard.text(of: try number.ciphertext.fileBytes(for: key))
    case .json: number.json
    }
  }

  /// - Parameter source: the file or argument that the text comes from, for errors.
  /// - Throws: `CommandFailure`, `WireError`, `PaillierError`.
  func number(_ text: String, key: PublicKey, source: String) throws -> EncryptedNumber {
    switch self {
    case .json: return try EncryptedNumber(json: Array(text.utf8), key: key, source: source)
    case .base64:
      guard let bytes = Base64.standard.bytes(of: text) else {
        throw CommandFailure(
          .badData,
          "\(source): not a ciphertext in base64; was it cut, or is it for --format json?")
      }
      return try EncryptedNumber(
        ciphertext: Ciphertext(fileBytes: bytes, key: key, source: source), exponent: 0)
    }
  }
}
