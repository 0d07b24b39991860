import CSodium

/// The ChaCha20 keystream of one key: nonce 0, 64-bit block counter from 0, byte after byte,
/// however the bytes are asked for. Key and buffered bytes are wiped on release.
final class Keystream {
  /// Small enough for the first-level cache, large enough for the widest vector code.
  static let bufferByteCount = 16384
  private static let blockByteCount = 64
  private static let keyByteCount = Int(crypto_stream_chacha20_KEYBYTES)
  private static let nonceByteCount = Int(crypto_stream_chacha20_NONCEBYTES)

  private let key: UnsafeMutablePointer<UInt8>
  private let nonce: UnsafeMutablePointer<UInt8>
  private let buffer: UnsafeMutablePointer<UInt8>
  private var nextBlock: UInt64 = 0
  /// Where the unused part of the buffer begins.
  private var position = Keystream.bufferByteCount

  /// A stream under the 32-byte key that `writeKey` writes.
  init(writeKey: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
    _ = Sodium.isReady
    key = .allocate(capacity: Keystream.keyByteCount)
    nonce = .allocate(capacity: Keystream.nonceByteCount)
    buffer = .allocate(capacity: Keystream.bufferByteCount)
    key.initialize(repeating: 0, count: Keystream.keyByteCount)
    nonce.initialize(repeating: 0, count: Keystream.nonceByteCount)
    buffer.initialize(repeating: 0, count: Keystream.bufferByteCount)
    writeKey(UnsafeMutableBufferPointer(start: key, count: Keystream.keyByteCount))
  }

  /// The same stream at the same position, from here on apart.
  init(copying other: Keystream) {
    key = .allocate(capacity: Keystream.keyByteCount)
    nonce = .allocate(capacity: Keystream.nonceByteCount)
    buffer = .allocate(capacity: Keystream.bufferByteCount)
    key.initialize(from: other.key, count: Keystream.keyByteCount)
    nonce.initialize(from: other.nonce, count: Keystream.nonceByteCount)
    buffer.initialize(from: other.buffer, count: Keystream.bufferByteCount)
    nextBlock = other.nextBlock
    position = other.position
  }

  deinit {
    sodium_memzero(key, Keystream.keyByteCount)
    sodium_memzero(buffer, Keystream.bufferByteCount)
    key.deallocate()
    nonce.deallocate()
    buffer.deallocate()
  }

  func fill(_ target: UnsafeMutableRawBufferPointer) {
    guard let base = target.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    var done = take(into: base, count: target.count)
    if target.count - done >= Keystream.bufferByteCount {
      // Whole blocks go straight to where they are wanted.
      let count = (target.count - done) / Keystream.blockByteCount * Keystream.blockByteCount
      generate(into: base + done, count: count)
      done += count
    }
    while done < target.count {
      generate(into: buffer, count: Keystream.bufferByteCount)
      position = 0
      done += take(into: base + done, count: target.count - done)
    }
  }

  /// Moves at most `count` bytes out of the buffer; returns how many.
  private func take(into target: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
    let taken = min(count, Keystream.bufferByteCount - position)
    target.update(from: buffer + position, count: taken)
    position += taken
    return taken
  }

  /// `count` is a multiple of the block's size.
  private func generate(into target: UnsafeMutablePointer<UInt8>, count: Int) {
    target.update(repeating: 0, count: count)
    crypto_stream_chacha20_xor_ic(target, target, UInt64(count), nonce, nextBlock, key)
    nextBlock += UInt64(count / Keystream.blockByteCount)
  }
}
