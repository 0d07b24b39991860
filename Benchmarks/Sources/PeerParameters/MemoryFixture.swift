/// Memory too large for any cache, to be read from end to end.
public struct MemoryFixture: Sendable {
  private let words: [UInt64]

  /// So many bytes of ones, eight at a time.
  public init(byteCount: Int) { words = [UInt64](repeating: 1, count: byteCount / 8) }

  /// How fast the threads together read it.
  public func gigabytesPerSecond(threads: Int) async -> Double {
    let start = ContinuousClock.now
    let total = await withTaskGroup(of: UInt64.self) { group in
      for thread in 0..<threads {
        group.addTask {
          sum(of: thread * words.count / threads..<(thread + 1) * words.count / threads)
        }
      }
      return await group.reduce(0, &+)
    }
    let nanoseconds = (ContinuousClock.now - start) / .nanoseconds(1)
    // The sum is used, so that the reads are not left out.
    return total == UInt64(words.count) ? Double(words.count * 8) / nanoseconds : 0
  }

  /// Reads all of it on this thread.
  public func read() -> UInt64 { sum(of: words.indices) }

  private func sum(of range: Range<Int>) -> UInt64 {
    words.withUnsafeBytes { bytes in
      // Eight sums side by side, for the vector units.
      var sums = SIMD8<UInt64>(repeating: 0)
      for index in stride(from: range.lowerBound, to: range.upperBound - 7, by: 8) {
        sums &+= bytes.loadUnaligned(fromByteOffset: 8 * index, as: SIMD8<UInt64>.self)
      }
      return sums.wrappedSum()
    }
  }
}
