/// The processor's clock as a loop sees it.
enum Clock {
  /// Cycles a nanosecond: the best of ten timings of a chain in which every step waits for the one
  /// before. A step is an exclusive or and a multiplication, one and three cycles on current
  /// processors of Intel, AMD, Arm and Apple.
  static func gigahertz() -> Double {
    let steps = 20_000_000
    let cyclesPerStep = 4.0
    let clock = ContinuousClock()
    var value: UInt64 = 1
    var best = 0.0
    for _ in 0..<10 {
      let start = clock.now
      value = chain(from: value, steps: steps)
      let nanoseconds = (clock.now - start) / .nanoseconds(1)
      // A chain that went nowhere was not run; using its end keeps it.
      if value != 0 { best = max(best, cyclesPerStep * Double(steps) / nanoseconds) }
    }
    return best
  }

  @inline(never)
  private static func chain(from start: UInt64, steps: Int) -> UInt64 {
    var value = start
    for _ in 0..<steps { value = (value ^ 0x55) &* 0x9E37_79B9_7F4A_7C15 }
    return value
  }
}
