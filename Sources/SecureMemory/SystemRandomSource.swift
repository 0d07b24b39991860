import CSodium

/// Cryptographic random bytes: a ChaCha20 keystream under a fresh key of libsodium's generator.
///
/// One for each task: it is not `Sendable`. Copies draw from one stream, so no byte is ever given
/// out twice. Key and buffer are wiped when the last copy goes.
public struct SystemRandomSource: RandomSource {
  private let stream: Keystream

  /// Takes 32 bytes from the operating system's generator, through libsodium.
  public init() {
    stream = Keystream { key in
      if let base = key.baseAddress { randombytes_buf(base, key.count) }
    }
  }

  /// Fills the buffer with random bytes.
  public mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { stream.fill(buffer) }
}
