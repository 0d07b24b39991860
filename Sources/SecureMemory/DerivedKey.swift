import CSodium

/// A 32-byte key that follows from another secret, for one purpose.
package struct DerivedKey: Sendable {
  static let byteCount = Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES)

  let bytes: SecureBytes

  /// Keyed BLAKE2b of the domain under the secret. It tells nothing about the secret or the keys of other
  /// domains.
  init(secret: SecureBytes, domain: String) {
    let name = Array(domain.utf8)
    let bytes = SecureBytes(count: DerivedKey.byteCount)
    bytes.withPointer { key in
      secret.withPointer {
        _ = crypto_generichash(
          key, DerivedKey.byteCount, name, UInt64(name.count), $0, secret.count)
      }
    }
    self.bytes = bytes
  }
}
