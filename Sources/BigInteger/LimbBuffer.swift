internal import CBigIntegerKernels

/// Limbs in memory of their own, aligned to cache lines, zero at first and wiped when released.
///
/// Written to only by the function that made it; from then on it is read only, and may be shared.
package final class LimbBuffer: @unchecked Sendable {
  package let count: Int
  package let pointer: UnsafeMutablePointer<UInt>

  package init(count: Int) {
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<UInt>.stride, alignment: 64)
    pointer = memory.bindMemory(to: UInt.self, capacity: max(1, count))
    pointer.initialize(repeating: 0, count: max(1, count))
  }

  deinit {
    cryptally_wipe(pointer, count * MemoryLayout<UInt>.stride)
    UnsafeMutableRawPointer(pointer).deallocate()
  }

  /// The limbs, for reading. They live as long as the buffer does.
  package var limbs: UnsafeBufferPointer<UInt> {
    UnsafeBufferPointer(start: pointer, count: count)
  }
}
