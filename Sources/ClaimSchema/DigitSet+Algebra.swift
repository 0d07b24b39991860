extension DigitSet {
  /// The set with one child for each value of the first digit, in canonical form.
  public static func joining(_ children: [DigitSet]) -> DigitSet {
    if children.allSatisfy({ $0 == .none }) { return .none }
    if children.allSatisfy({ $0 == .all }) { return .all }
    return .split(children)
  }

  /// True when no value is in the set.
  public var isEmpty: Bool { self == .none }

  /// The values that are not in the set.
  public func complement() -> DigitSet {
    switch self {
    case .none: .all
    case .all: .none
    case .split(let children): .split(children.map { $0.complement() })
    }
  }

  /// The values in either set. Both sets are over the same digits.
  public func union(_ other: DigitSet) -> DigitSet {
    switch (self, other) {
    case (.all, _), (_, .all): .all
    case (.none, let set), (let set, .none): set
    case (.split(let a), .split(let b)): .joining(zip(a, b).map { $0.union($1) })
    }
  }

  /// The values in both sets. Both sets are over the same digits.
  public func intersection(_ other: DigitSet) -> DigitSet {
    switch (self, other) {
    case (.none, _), (_, .none): .none
    case (.all, let set), (let set, .all): set
    case (.split(let a), .split(let b)): .joining(zip(a, b).map { $0.intersection($1) })
    }
  }

  /// Whether the value with these digits is in the set. Missing digits and digits out of range are
  /// in no split.
  public func contains(_ digits: some Collection<Int>) -> Bool {
    switch self {
    case .none: return false
    case .all: return true
    case .split(let children):
      guard let first = digits.first, children.indices.contains(first) else { return false }
      return children[first].contains(digits.dropFirst())
    }
  }
}

extension DigitSet {
  /// The values whose first digits are `digits`; no value when a digit is out of range or there are
  /// more digits than `sizes`.
  public static func prefix(_ digits: [Int], sizes: [Int]) -> DigitSet {
    guard digits.count <= sizes.count, zip(digits, sizes).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
      return .none
    }
    return zip(digits, sizes).reversed().reduce(.all) { tail, level in
      let (digit, size) = level
      return .joining((0..<size).map { $0 == digit ? tail : .none })
    }
  }

  /// The one value with these digits; no value unless there is a digit for each of `sizes`.
  public static func single(_ digits: [Int], sizes: [Int]) -> DigitSet {
    digits.count == sizes.count ? prefix(digits, sizes: sizes) : .none
  }

  /// The values that come before `digits` in lexicographic order. A digit may lie outside its
  /// range: it then comes before or after all that are inside. Missing digits count as 0.
  public static func below(_ digits: [Int], sizes: [Int]) -> DigitSet {
    before(digits[...], sizes: sizes[...], end: .none)
  }

  /// The values from `from` through `through` in lexicographic order, both included; nil leaves an
  /// end open.
  public static func range(from: [Int]?, through: [Int]?, sizes: [Int]) -> DigitSet {
    let lower = from.map { below($0, sizes: sizes).complement() } ?? .all
    let upper = through.map { before($0[...], sizes: sizes[...], end: .all) } ?? .all
    return lower.intersection(upper)
  }

  /// The values before `digits`, and of those equal to `digits` what `end` says.
  private static func before(
    _ digits: ArraySlice<Int>, sizes: ArraySlice<Int>, end: DigitSet
  ) -> DigitSet {
    guard let size = sizes.first else { return end }
    let digit = digits.first ?? 0
    if digit < 0 { return .none }
    if digit >= size { return .all }
    let tail = before(digits.dropFirst(), sizes: sizes.dropFirst(), end: end)
    return .joining((0..<size).map { $0 < digit ? .all : $0 == digit ? tail : .none })
  }
}
