import CSodium

/// Bytes of a secret: in memory that is locked and fenced by guard pages where the system grants
/// it, wiped on release, and never described or compared.
///
/// Write to it before it is shared between tasks; from then on it is read only.
public final class SecureBytes: @unchecked Sendable {
  /// The number of bytes.
  public let count: Int
  private let base: UnsafeMutableRawPointer
  private let isGuarded: Bool

  /// `count` zero bytes; none when `count` is negative.
  public init(count: Int) {
    _ = Sodium.isReady
    self.count = max(0, count)
    if let guarded = sodium_malloc(self.count) {
      base = guarded
      isGuarded = true
    } else {
      // Guard pages are limited in number by some systems; ordinary memory is wiped all the same.
      base = .allocate(byteCount: max(1, self.count), alignment: 16)
      isGuarded = false
    }
    sodium_memzero(base, self.count)
  }

  /// A copy of `bytes`. Wiping the original is up to the caller.
  public convenience init(copying bytes: [UInt8]) {
    self.init(count: bytes.count)
    withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
  }

  /// A copy of the buffer. Wiping the original is up to the caller.
  public convenience init(copying bytes: UnsafeRawBufferPointer) {
    self.init(count: bytes.count)
    withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
  }

  deinit {
    if isGuarded {
      sodium_free(base)
    } else {
      sodium_memzero(base, count)
      base.deallocate()
    }
  }

  /// Calls `body` with the bytes; the pointer is not to outlive the call.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Calls `body` with the bytes to write to; the pointer is not to outlive the call.
  public func withUnsafeMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeMutableRawBufferPointer(start: base, count: count))
  }

  /// Calls `body` with the first byte's address, which is never nil, as C functions want it.
  func withPointer<Result>(_ body: (UnsafeMutablePointer<UInt8>) -> Result) -> Result {
    defer { withExtendedLifetime(self) {} }
    return body(base.assumingMemoryBound(to: UInt8.self))
  }

  /// Calls `body` with an array of the bytes and wipes the array afterwards.
  ///
  /// For parsers that read arrays. A copy or slice of the array that `body` keeps is not wiped.
  package func withWipedCopy<Result, Failure: Error>(
    _ body: (borrowing [UInt8]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var copy = withUnsafeBytes { Array($0) }
    defer { copy.wipe() }
    return try body(copy)
  }
}
