import CSodium

/// An Ed25519 key that signs (RFC 8032). The secret is wiped on release.
public final class SigningKey: Sendable {
  /// The key that checks this one's signatures.
  public let verifyingKey: VerifyingKey
  private let seed: SecureBytes
  private let secret: SecureBytes

  /// A fresh key.
  public convenience init() {
    let seed = SecureBytes(count: SigningKey.seedByteCount)
    _ = Sodium.isReady
    seed.withPointer { randombytes_buf($0, SigningKey.seedByteCount) }
    self.init(checked: seed)
  }

  /// The key of a 32-byte seed, which is kept.
  ///
  /// - Throws: ``SecureMemoryError/seedLength(found:)``.
  public convenience init(seed: SecureBytes) throws(SecureMemoryError) {
    guard seed.count == SigningKey.seedByteCount else { throw .seedLength(found: seed.count) }
    self.init(checked: seed)
  }

  private init(checked seed: SecureBytes) {
    self.seed = seed
    let secret = SecureBytes(count: Int(crypto_sign_SECRETKEYBYTES))
    var publicBytes = [UInt8](repeating: 0, count: VerifyingKey.byteCount)
    seed.withPointer { seed in
      secret.withPointer { secret in
        _ = crypto_sign_seed_keypair(&publicBytes, secret, seed)
      }
    }
    self.secret = secret
    verifyingKey = VerifyingKey(checked: publicBytes)
  }

  /// The 64-byte signature of `message`. The same message has the same signature.
  public func sign(_ message: [UInt8]) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: VerifyingKey.signatureByteCount)
    secret.withPointer { secret in
      _ = crypto_sign_detached(&signature, nil, message, UInt64(message.count), secret)
    }
    return signature
  }

  /// Calls `body` with the 32-byte seed, to be sealed; the pointer is not to outlive the call.
  public func withSeed<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try seed.withUnsafeBytes(body)
  }

  /// A key for another purpose, which only the holder of this one has.
  package func derivedKey(domain: String) -> DerivedKey {
    DerivedKey(secret: seed, domain: domain)
  }

  /// The length of a seed: 32.
  public static let seedByteCount = Int(crypto_sign_SEEDBYTES)
}
