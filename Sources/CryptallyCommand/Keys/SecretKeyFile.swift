import Cryptally

/// The file `secret.key`.
enum SecretKeyFile {
  /// Looks whether the file is a secret key, so that nobody is asked for a passphrase in vain.
  static func peek(_ path: String) throws -> EnvelopeHeader {
    let header = try FileHeader.read(path)
    guard header.kind == .secretKey else {
      throw WireError.unexpectedKind(source: path, found: header.kind, expected: .secretKey)
    }
    return header
  }

  /// Opens the file; a refusal names it.
  static func open(_ path: String, passphrase: SecureBytes) throws -> SecretKeySet {
    do {
      return try SecretKeySet(contentsOf: path, passphrase: passphrase)
    } catch let error as SecureMemoryError where error == .wrongPassphraseOrAltered {
      throw CommandFailure(.refused, "\(path): \(error)")
    }
  }
}
