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
}
