import CSodium

/// An Ed25519 key that checks signatures (RFC 8032).
public struct VerifyingKey: Hashable, Sendable {
  /// 32.
  public static let byteCount = Int(crypto_sign_PUBLICKEYBYTES)
  /// The length of a signature: 64.
  public static let signatureByteCount = Int(crypto_sign_BYTES)

  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Nil unless there are exactly 32 bytes. Bytes that are no point of the curve, or one of small
  /// order, are a key under which no signature is valid.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == VerifyingKey.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  init(checked bytes: [UInt8]) { self.bytes = bytes }

  /// True when `signature` is this key's for `message`; false for a signature of a wrong length.
  public func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
    signature.count == VerifyingKey.signatureByteCount
      && crypto_sign_verify_detached(signature, message, UInt64(message.count), bytes) == 0
  }

  /// The digest by which people and files name this key.
  public var fingerprint: Digest { Digest.of(bytes, domain: "cryptally.verifying-key") }
}
