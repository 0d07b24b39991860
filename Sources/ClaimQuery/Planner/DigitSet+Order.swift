import ClaimSchema

extension DigitSet {
  /// A fixed total order of digit sets over the same digits, for plans that do not depend on
  /// hashing.
  package func precedes(_ other: DigitSet) -> Bool {
    switch (self, other) {
    case (.split(let a), .split(let b)):
      for (x, y) in zip(a, b) where x != y { return x.precedes(y) }
      return a.count < b.count
    default: return rank < other.rank
    }
  }

  private var rank: Int {
    switch self {
    case .none: 0
    case .all: 1
    case .split: 2
    }
  }
}
