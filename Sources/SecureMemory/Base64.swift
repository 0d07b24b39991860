import CSodium

/// Bytes as base64 text (RFC 4648), both ways in a time that does not depend on the bytes: libsodium
/// neither branches on them nor looks them up in a table.
public enum Base64: Sendable {
  /// With `+` and `/`, padded with `=`.
  case standard
  /// With `-` and `_` and no padding, as JSON Web Keys have it (RFC 7515).
  case urlSafe

  private var variant: Int32 {
    switch self {
    case .standard: sodium_base64_VARIANT_ORIGINAL
    case .urlSafe: sodium_base64_VARIANT_URLSAFE_NO_PADDING
    }
  }

  /// The text's characters in ASCII.
  public func characters(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    // With a zero at the end, which libsodium writes.
    let capacity = sodium_base64_encoded_len(bytes.count, variant)
    return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      buffer.initialize(repeating: 0)
      buffer.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { return }
        _ = sodium_bin2base64(
          start, capacity, bytes.assumingMemoryBound(to: UInt8.self).baseAddress,
          bytes.count, variant)
      }
      count = capacity - 1
    }
  }

  /// The text.
  public func text(of bytes: [UInt8]) -> String {
    String(decoding: bytes.withUnsafeBytes { characters(of: $0) }, as: UTF8.self)
  }

  /// The bytes of a text, in memory that is wiped; nil unless the text is base64 of this kind from
  /// its first to its last character.
  public func secret(of text: String) -> SecureBytes? {
    var text = text
    return text.withUTF8 { characters in
      // libsodium takes some bytes beyond ASCII for digits.
      guard characters.reduce(0, |) < 0x80 else { return nil }
      let decoded = SecureBytes(count: characters.count / 4 * 3 + 3)
      guard let count = decode(characters, into: decoded) else { return nil }
      return decoded.withUnsafeBytes {
        SecureBytes(copying: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
    }
  }

  /// The bytes of a text; nil unless it is base64 of this kind from its first to its last character.
  public func bytes(of text: String) -> [UInt8]? {
    secret(of: text).map { $0.withUnsafeBytes { Array($0) } }
  }

  /// How many bytes were decoded.
  private func decode(
    _ characters: UnsafeBufferPointer<UInt8>, into decoded: SecureBytes
  ) -> Int? {
    var count = 0
    var end: UnsafePointer<CChar>?
    let isWhole = characters.withMemoryRebound(to: CChar.self) { text in
      let status = decoded.withPointer {
        sodium_base642bin(
          $0, decoded.count, text.baseAddress, text.count, nil, &count, &end, variant)
      }
      guard let start = text.baseAddress, let end else { return text.isEmpty }
      return status == 0 && end - start == text.count
    }
    return isWhole ? count : nil
  }
}
