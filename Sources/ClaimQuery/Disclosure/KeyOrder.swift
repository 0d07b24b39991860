import ClaimSchema

/// The ascending order of one grouping expression's keys.
///
/// Listed keys of a hidden column (values, bands, whole numbers) have the schema's order. All others
/// go by their type: numbers by value, everything else by its UTF-8 bytes, which for dates is the
/// order of the days.
struct KeyOrder {
  private let type: GroupColumn.KeyType
  private let places: [String: Int]

  init(_ group: GroupColumn) {
    self.init(group.keyType, listed: group.listedKeys)
  }

  init(_ type: GroupColumn.KeyType, listed: [String]) {
    self.type = type
    places = Dictionary(
      listed.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: min)
  }

  /// Negative when `a` comes first, positive when `b` does, 0 when they are the same bytes or the
  /// same number.
  func compare(_ a: String, _ b: String) -> Int {
    if !places.isEmpty {
      let (left, right) = (places[a] ?? Int.max, places[b] ?? Int.max)
      if left != right { return left < right ? -1 : 1 }
    }
    switch type {
    case .integer, .numeric:
      // What is no number cannot be among such keys; it would come last.
      switch (try? Numeric(literal: a), try? Numeric(literal: b)) {
      case (let left?, let right?): return left.compare(right)
      case (_?, nil): return -1
      case (nil, _?): return 1
      case (nil, nil): break
      }
    case .text, .date: break
    }
    if a.utf8.elementsEqual(b.utf8) { return 0 }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  }
}
