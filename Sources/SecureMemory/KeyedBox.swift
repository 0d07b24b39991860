import CSodium

/// A message under a key that is at hand: XChaCha20-Poly1305 with a fresh nonce.
///
/// Layout: nonce (24 bytes), then the ciphertext with its 16-byte tag.
package enum KeyedBox {
  private static let nonceByteCount = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  private static let tagByteCount = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

  /// How many bytes a box has more than its message.
  package static let overheadByteCount = nonceByteCount + tagByteCount

  /// Seals a message. The associated data is needed again to open the box.
  package static func seal(
    _ message: [UInt8], key: DerivedKey, associatedData: [UInt8]
  ) -> [UInt8] {
    var random = SystemRandomSource()
    return seal(
      message, key: key, associatedData: associatedData, insecureForTesting: &random)
  }

  /// Seals with the nonce that a source gives.
  package static func seal(
    _ message: [UInt8], key: DerivedKey, associatedData: [UInt8],
    insecureForTesting random: inout some RandomSource
  ) -> [UInt8] {
    let nonce = random.bytes(nonceByteCount)
    var sealed = [UInt8](repeating: 0, count: message.count + tagByteCount)
    key.bytes.withPointer { key in
      _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
        &sealed, nil, message, UInt64(message.count), associatedData,
        UInt64(associatedData.count), nil, nonce, key)
    }
    return nonce + sealed
  }

  /// The message; nil for another key, other associated data, or a box that was altered.
  package static func open(
    _ box: some Collection<UInt8>, key: DerivedKey, associatedData: [UInt8]
  ) -> [UInt8]? {
    guard box.count >= overheadByteCount else { return nil }
    let nonce = Array(box.prefix(nonceByteCount))
    let sealed = Array(box.dropFirst(nonceByteCount))
    var message = [UInt8](repeating: 0, count: sealed.count - tagByteCount)
    let status = key.bytes.withPointer { key in
      crypto_aead_xchacha20poly1305_ietf_decrypt(
        &message, nil, nil, sealed, UInt64(sealed.count), associatedData,
        UInt64(associatedData.count), nonce, key)
    }
    return status == 0 ? message : nil
  }
}
