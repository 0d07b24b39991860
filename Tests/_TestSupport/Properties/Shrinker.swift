/// Makes the choices of a counterexample simpler: fewer of them, and of equally many the one that comes
/// first in lexicographic order.
///
/// It leaves out spans and choices, puts subtrees in the place of the trees around them, lowers
/// numbers, and moves from one number to a later one, over and over until nothing helps any more.
struct Shrinker<Value> {
  private(set) var simplest: Attempt<Value>
  /// Sequences that were tried.
  private(set) var attempts = 0

  private let replay: ([UInt64]) -> Attempt<Value>
  private var seen: Set<[UInt64]> = []
  private let end: ContinuousClock.Instant

  private static var mostAttempts: Int { 5000 }
  private static var mostTime: Duration { .seconds(30) }

  /// - Parameter attempt: one that broke the law.
  init(_ attempt: Attempt<Value>, replay: @escaping ([UInt64]) -> Attempt<Value>) {
    simplest = attempt
    self.replay = replay
    end = ContinuousClock.now + Shrinker.mostTime
  }

  mutating func shrink() {
    var before: [UInt64]
    repeat {
      before = simplest.choices
      hoistSpans()
      deleteSpans()
      deleteBlocks()
      deleteAfterZero()
      clearSpans()
      lowerEach()
      lowerEqualPairs()
      moveToLater()
    } while simplest.choices != before && hasTime
  }

  private var hasTime: Bool {
    attempts < Shrinker.mostAttempts && ContinuousClock.now < end
  }

  /// Whether the law is still broken, by something simpler; then that is kept.
  private mutating func keeps(_ choices: [UInt64]) -> Bool {
    guard hasTime, seen.insert(choices).inserted else { return false }
    attempts += 1
    let attempt = replay(choices)
    guard case .broken = attempt.outcome, isSimpler(attempt.choices, than: simplest.choices) else {
      return false
    }
    simplest = attempt
    return true
  }

  private func isSimpler(_ a: [UInt64], than b: [UInt64]) -> Bool {
    a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
  }

  // MARK: Structure

  private mutating func hoistSpans() {
    var outer = 0
    while outer < simplest.spans.count {
      var inner = outer + 1
      while inner < simplest.spans.count {
        let (tree, subtree) = (simplest.spans[outer], simplest.spans[inner])
        guard tree.range.upperBound >= subtree.range.upperBound else { break }
        var choices = simplest.choices
        choices.replaceSubrange(tree.range, with: simplest.choices[subtree.range])
        let isSmaller = subtree.label == tree.label && subtree.range.count < tree.range.count
        inner = isSmaller && keeps(choices) ? outer + 1 : inner + 1
      }
      outer += 1
    }
  }

  private mutating func deleteSpans() {
    var index = 0
    while index < simplest.spans.count {
      var choices = simplest.choices
      choices.removeSubrange(simplest.spans[index].range)
      if choices.count == simplest.choices.count || !keeps(choices) { index += 1 }
    }
  }

  private mutating func deleteBlocks() {
    for size in [8, 4, 2, 1] {
      var start = simplest.choices.count - size
      while start >= 0 {
        var choices = simplest.choices
        if start + size <= choices.count {
          choices.removeSubrange(start..<start + size)
          _ = keeps(choices)
        }
        start -= 1
      }
    }
  }

  /// A choice of 0 often stands for something that needs no more choices.
  private mutating func deleteAfterZero() {
    var index = 0
    while index < simplest.spans.count {
      var choices = simplest.choices
      choices.replaceSubrange(simplest.spans[index].range, with: [0])
      if choices.count >= simplest.choices.count || !keeps(choices) { index += 1 }
    }
    for size in 1...4 {
      for position in simplest.choices.indices.reversed() {
        var choices = simplest.choices
        guard position + size < choices.count, choices[position] > 0 else { continue }
        choices.replaceSubrange(position...position + size, with: [0])
        _ = keeps(choices)
      }
    }
  }

  private mutating func clearSpans() {
    var index = 0
    while index < simplest.spans.count {
      var choices = simplest.choices
      for position in simplest.spans[index].range { choices[position] = 0 }
      _ = keeps(choices)
      index += 1
    }
  }

  // MARK: Numbers

  private mutating func lowerEach() {
    var position = 0
    while position < simplest.choices.count {
      lower { choices, value in
        choices[position] = value
      } from: { choices in
        position < choices.count ? choices[position] : 0
      }
      position += 1
    }
  }

  /// Equal numbers often have to stay equal.
  private mutating func lowerEqualPairs() {
    for (first, second) in pairs(within: 32) {
      lower { choices, value in
        choices[first] = value
        choices[second] = value
      } from: { choices in
        second < choices.count && choices[first] == choices[second] ? choices[first] : 0
      }
    }
  }

  /// The sum of two numbers often has to stay what it is.
  private mutating func moveToLater() {
    for (first, second) in pairs(within: 4) {
      guard second < simplest.choices.count else { continue }
      let sum = simplest.choices[first].addingReportingOverflow(simplest.choices[second])
      guard !sum.overflow else { continue }
      lower { choices, value in
        choices[first] = value
        choices[second] = sum.partialValue - value
      } from: { choices in
        second < choices.count ? choices[first] : 0
      }
    }
  }

  private func pairs(within distance: Int) -> [(Int, Int)] {
    let count = simplest.choices.count
    return (0..<count).flatMap { first in
      (first + 1..<max(first + 1, min(first + 1 + distance, count))).map { (first, $0) }
    }
  }

  /// Brings what `current` reads to the smallest value that still breaks the law, by halving.
  private mutating func lower(
    _ set: (inout [UInt64], UInt64) -> Void, from current: ([UInt64]) -> UInt64
  ) {
    var high = current(simplest.choices)
    guard high > 0 else { return }
    /// Whether the value does; the choices may have become others meanwhile.
    func keeps(_ value: UInt64, _ shrinker: inout Self) -> Bool {
      guard current(shrinker.simplest.choices) == high else { return false }
      var choices = shrinker.simplest.choices
      set(&choices, value)
      return shrinker.keeps(choices)
    }
    if keeps(0, &self) { return }
    var low: UInt64 = 0
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if keeps(middle, &self) { high = middle } else { low = middle }
    }
  }
}
