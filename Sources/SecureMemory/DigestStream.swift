import CSodium

/// A BLAKE2b-256 digest of data that comes in pieces.
///
/// What is hashed is the domain's length in UTF-8 bytes as a 32-bit little-endian number, the
/// domain's UTF-8 bytes, then the data. With a key it is BLAKE2b's keyed mode, a message
/// authentication code. Copies go on independently.
public struct DigestStream {
  private var state: State

  /// - Parameters:
  ///   - domain: what the digest is for; different domains give unrelated digests.
  ///   - key: a secret for the keyed mode; a key of more than 64 bytes is first digested itself.
  ///     Nil or empty: no key.
  public init(domain: String, key: [UInt8]? = nil) {
    var keyBytes = key ?? []
    if keyBytes.count > Int(crypto_generichash_KEYBYTES_MAX) {
      keyBytes = Digest.of(keyBytes, domain: "cryptally.long-digest-key").bytes
    }
    state = State(key: keyBytes)
    let name = Array(domain.utf8)
    update(withUnsafeBytes(of: UInt32(clamping: name.count).littleEndian) { Array($0) })
    update(name)
  }

  /// Adds `bytes` to what is digested.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds the buffer's bytes to what is digested.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    if !isKnownUniquelyReferenced(&state) { state = State(copying: state) }
    crypto_generichash_update(
      state.pointer, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  /// The digest of everything so far. More may be added afterwards.
  public mutating func finalize() -> Digest {
    let last = State(copying: state)
    defer { withExtendedLifetime(last) {} }
    var bytes = [UInt8](repeating: 0, count: Digest.byteCount)
    crypto_generichash_final(last.pointer, &bytes, bytes.count)
    return Digest(checked: bytes)
  }
}

/// libsodium's state of a digest; wiped on release, because that of a keyed one gives the key away.
private final class State {
  private let memory: UnsafeMutableRawPointer
  private static let byteCount = crypto_generichash_statebytes()
  private static let alignment = 64

  var pointer: OpaquePointer { OpaquePointer(memory) }

  init(key: [UInt8]) {
    _ = Sodium.isReady
    memory = .allocate(byteCount: State.byteCount, alignment: State.alignment)
    crypto_generichash_init(pointer, key, key.count, Digest.byteCount)
  }

  init(copying other: State) {
    memory = .allocate(byteCount: State.byteCount, alignment: State.alignment)
    memory.copyMemory(from: other.memory, byteCount: State.byteCount)
  }

  deinit {
    sodium_memzero(memory, State.byteCount)
    memory.deallocate()
  }
}
