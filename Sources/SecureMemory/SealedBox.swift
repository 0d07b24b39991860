import CSodium

/// A secret under a passphrase: Argon2id (RFC 9106) derives the key of XChaCha20-Poly1305.
///
/// Layout, little endian: version (UInt16, 1), Argon2id passes (UInt32), Argon2id memory in bytes
/// (UInt64), salt (16 bytes), nonce (24 bytes); then the ciphertext with its 16-byte tag. The tag
/// also covers the header and the associated data.
public enum SealedBox {
  /// How many bytes a box has more than its secret.
  public static let overheadByteCount = headerByteCount + tagByteCount

  private static let version: UInt16 = 1
  private static let saltByteCount = Int(crypto_pwhash_SALTBYTES)
  private static let nonceByteCount = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  private static let tagByteCount = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
  private static let keyByteCount = Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES)
  private static let saltOffset = 14
  private static let headerByteCount = saltOffset + saltByteCount + nonceByteCount

  /// Seals with a fresh salt and nonce.
  ///
  /// - Parameters:
  ///   - secret: what is sealed; it may be empty.
  ///   - passphrase: at least one byte.
  ///   - associatedData: what the box belongs to; not in the box, and needed again to open it.
  ///   - cost: the work of one try of a passphrase.
  /// - Throws: ``SecureMemoryError``: an empty passphrase, or no memory for the derivation.
  public static func seal(
    _ secret: SecureBytes, passphrase: SecureBytes, associatedData: [UInt8],
    cost: PassphraseCost = .standard
  ) throws(SecureMemoryError) -> [UInt8] {
    var random = SystemRandomSource()
    return try seal(
      secret, passphrase: passphrase, associatedData: associatedData, cost: cost,
      insecureForTesting: &random)
  }

  /// Seals with the salt and the nonce that a source gives.
  package static func seal(
    _ secret: SecureBytes, passphrase: SecureBytes, associatedData: [UInt8], cost: PassphraseCost,
    insecureForTesting random: inout some RandomSource
  ) throws(SecureMemoryError) -> [UInt8] {
    guard passphrase.count > 0 else { throw .emptyPassphrase }
    var header: [UInt8] = []
    header.reserveCapacity(headerByteCount)
    withUnsafeBytes(of: version.littleEndian) { header.append(contentsOf: $0) }
    withUnsafeBytes(of: cost.passes.littleEndian) { header.append(contentsOf: $0) }
    withUnsafeBytes(of: cost.memoryByteCount.littleEndian) { header.append(contentsOf: $0) }
    header.append(contentsOf: random.bytes(saltByteCount + nonceByteCount))

    let key = try derivedKey(passphrase: passphrase, header: header, cost: cost)
    let covered = header + associatedData
    let nonce = Array(header[(saltOffset + saltByteCount)...])
    var sealed = [UInt8](repeating: 0, count: secret.count + tagByteCount)
    secret.withPointer { message in
      key.withPointer { key in
        _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
          &sealed, nil, message, UInt64(secret.count), covered, UInt64(covered.count), nil, nonce,
          key)
      }
    }
    return header + sealed
  }

  /// Opens a box.
  ///
  /// - Parameter source: the name of the file that it stands in, for errors.
  /// - Throws: ``SecureMemoryError``: a box cut short, of another version, or of a cost out of
  ///   bounds, before any work; else `wrongPassphraseOrAltered`.
  public static func open(
    _ box: [UInt8], passphrase: SecureBytes, associatedData: [UInt8], source: String
  ) throws(SecureMemoryError) -> SecureBytes {
    guard box.count >= overheadByteCount else {
      throw .boxTruncated(source: source, needed: overheadByteCount, available: box.count)
    }
    let header = Array(box[..<headerByteCount])
    let (found, cost) = header.withUnsafeBytes { bytes in
      (
        UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt16.self)),
        PassphraseCost(
          passes: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt32.self)),
          memoryByteCount: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 6, as: UInt64.self)))
      )
    }
    guard found == version else {
      throw .boxVersion(source: source, found: found, supported: version)
    }
    guard cost.isAllowed else {
      throw .boxCost(source: source, passes: cost.passes, memoryByteCount: cost.memoryByteCount)
    }
    guard passphrase.count > 0 else { throw .emptyPassphrase }

    let key = try derivedKey(passphrase: passphrase, header: header, cost: cost)
    let covered = header + associatedData
    let nonce = Array(header[(saltOffset + saltByteCount)...])
    let sealed = Array(box[headerByteCount...])
    let secret = SecureBytes(count: sealed.count - tagByteCount)
    let status = secret.withPointer { message in
      key.withPointer { key in
        crypto_aead_xchacha20poly1305_ietf_decrypt(
          message, nil, nil, sealed, UInt64(sealed.count), covered, UInt64(covered.count), nonce,
          key)
      }
    }
    guard status == 0 else { throw .wrongPassphraseOrAltered(source: source) }
    return secret
  }

  private static func derivedKey(
    passphrase: SecureBytes, header: [UInt8], cost: PassphraseCost
  ) throws(SecureMemoryError) -> SecureBytes {
    guard Sodium.isReady else { throw .libraryUnavailable }
    let salt = Array(header[saltOffset..<(saltOffset + saltByteCount)])
    let key = SecureBytes(count: keyByteCount)
    let status = key.withPointer { output in
      passphrase.withPointer { characters in
        characters.withMemoryRebound(to: CChar.self, capacity: passphrase.count) { characters in
          crypto_pwhash(
            output, UInt64(keyByteCount), characters, UInt64(passphrase.count), salt,
            UInt64(cost.passes), Int(cost.memoryByteCount), crypto_pwhash_ALG_ARGON2ID13)
        }
      }
    }
    guard status == 0 else { throw .passphraseMemory(byteCount: cost.memoryByteCount) }
    return key
  }
}
