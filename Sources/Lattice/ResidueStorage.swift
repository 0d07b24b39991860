import SecureMemory

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Words in memory that is aligned for the widest vectors, in huge pages where the system gives them.
///
/// Its content is not initialized. Like an array's buffer it is written only by who holds the one
/// reference, and only read when there are several; so it may be sent between threads.
package final class ResidueStorage: @unchecked Sendable {
  let base: UnsafeMutablePointer<UInt64>
  package let count: Int

  private static let cacheLineByteCount = 64
  private static let hugePageByteCount = 2 << 20

  package init(count: Int) {
    self.count = count
    let byteCount = count * MemoryLayout<UInt64>.stride
    let isHuge = byteCount >= ResidueStorage.hugePageByteCount
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount,
      alignment: isHuge ? ResidueStorage.hugePageByteCount : ResidueStorage.cacheLineByteCount)
    #if os(Linux)
      // A wish: without huge pages everything works as well.
      if isHuge { madvise(memory, byteCount, MADV_HUGEPAGE) }
    #endif
    base = memory.bindMemory(to: UInt64.self, capacity: count)
  }

  /// What a polynomial holds whose storage was taken out.
  static let none = ResidueStorage(count: 0)

  deinit { base.deallocate() }

  /// The same words in storage of its own.
  func copied() -> ResidueStorage {
    let copy = ResidueStorage(count: count)
    copy.base.update(from: base, count: count)
    return copy
  }

  func wipe() {
    UnsafeMutableRawBufferPointer(
      start: base, count: count * MemoryLayout<UInt64>.stride
    ).wipe()
  }
}
