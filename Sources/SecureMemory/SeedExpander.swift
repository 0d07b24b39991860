/// Bytes that follow from a seed: for public seeds (the uniform half of seeded ciphertexts and
/// keys) and for what is named `insecureForTesting`.
///
/// Byte i is byte i of the ChaCha20 keystream (nonce 0, 64-bit block counter from 0) whose key is
/// the BLAKE2b-256 digest of the seed under `domain`. Copies go on independently from where they
/// were made.
package struct SeedExpander: RandomSource {
  private var stream: Keystream

  /// - Parameters:
  ///   - seed: 32 bytes, as a rule; every byte counts whatever the length.
  ///   - domain: what the bytes are for; different domains give unrelated bytes.
  package init(seed: [UInt8], domain: String) {
    stream = Keystream { key in
      _ = key.update(fromContentsOf: Digest.of(seed, domain: domain).bytes)
    }
  }

  package mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    if !isKnownUniquelyReferenced(&stream) { stream = Keystream(copying: stream) }
    stream.fill(buffer)
  }
}
