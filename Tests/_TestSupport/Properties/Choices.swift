/// The choices from which a property's values are made, one number after the other.
///
/// A generator is a function that takes choices and returns a value. The choices are what is recorded
/// and shrunk, never the value: so every generator shrinks, and what it makes stays within its own
/// rules (MacIver and Donaldson, "Test-Case Reduction via Test-Case Generation", ECOOP 2020).
///
/// A generator is to take the simplest way on 0: the first alternative, a leaf, the end of a list.
/// Choices that are missing when a sequence is replayed are 0.
public struct Choices {
  /// Choices that belong together, such as those of an element or of a subtree.
  struct Span {
    let label: String
    var range: Range<Int>
  }

  private var generator: SeededGenerator
  private let replayed: [UInt64]?
  private(set) var recorded: [UInt64] = []
  /// Outer ones before the ones inside of them.
  private(set) var spans: [Span] = []

  /// Random choices.
  public init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    replayed = nil
  }

  /// The given choices once more, each lowered to its maximum.
  init(replaying values: [UInt64]) {
    generator = SeededGenerator(seed: 0)
    replayed = values
  }

  /// A number from 0 to `maximum`.
  ///
  /// - Parameter propose: what a random choice is; lowered to the maximum. It decides how often a
  ///   number comes, not which ones can come.
  public mutating func draw(
    upTo maximum: UInt64, _ propose: (inout SeededGenerator) -> UInt64
  ) -> UInt64 {
    let wanted: UInt64
    if let replayed {
      wanted = recorded.count < replayed.count ? replayed[recorded.count] : 0
    } else {
      wanted = propose(&generator)
    }
    let value = min(wanted, maximum)
    recorded.append(value)
    return value
  }

  /// A random number that is not recorded, for how many choices there will be; 0 in a replay.
  mutating func hint(upTo maximum: UInt64) -> UInt64 {
    replayed == nil ? generator.uniform(upTo: maximum) : 0
  }

  /// Lets the choices of `body` be left out as a whole, or be replaced by those of a span inside of it
  /// with the same label.
  public mutating func span<Value>(
    _ label: String, _ body: (inout Choices) throws -> Value
  ) rethrows -> Value {
    let index = beginSpan(label)
    defer { endSpan(index) }
    return try body(&self)
  }

  /// Begins a span, for generators that hold their choices.
  ///
  /// - Returns: what ends it.
  public mutating func beginSpan(_ label: String) -> Int {
    spans.append(Span(label: label, range: recorded.count..<recorded.count))
    return spans.count - 1
  }

  /// Ends the span that `beginSpan` returned.
  public mutating func endSpan(_ index: Int) {
    spans[index].range = spans[index].range.lowerBound..<recorded.count
  }
}

extension SeededGenerator {
  /// A number from 0 to `maximum`, each nearly as often as any other.
  package mutating func uniform(upTo maximum: UInt64) -> UInt64 {
    let word = next()
    return maximum == .max ? word : word.multipliedFullWidth(by: maximum + 1).high
  }

  /// A number from 0 to `maximum`; ends, powers of two with their neighbours and small numbers more
  /// often than others.
  mutating func edgy(upTo maximum: UInt64) -> UInt64 {
    let candidate: UInt64
    switch next() % 8 {
    case 0:
      let half = maximum / 2
      candidate =
        [0, min(1, maximum), maximum, maximum - min(1, maximum), half, half + 1][
          Int(next() % 6)]
    case 1: candidate = (1 << (next() % 64)) &+ next() % 3 &- 1
    case 2: candidate = next() >> (next() % 64)
    default: return uniform(upTo: maximum)
    }
    return candidate <= maximum ? candidate : candidate % (maximum + 1)
  }
}
