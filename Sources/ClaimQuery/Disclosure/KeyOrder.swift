import ClaimSchema

/// The ascending order of one grouping column's keys.
///
/// Declared keys of a hidden column (values, bands, whole numbers) have the schema's order. All
/// others go by their type: numbers by value, everything else by its UTF-8 bytes, which for dates
/// is the order of the days.
struct KeyOrder {
  private enum Rule {
    case declared([String: Int])
    case numbers(scale: Int)
    case bytes
  }

  private let rule: Rule

  init(_ group: GroupColumn) {
    if !group.isClear, let keys = group.column.groupKeys {
      let places = keys.enumerated().map { ($0.element.label, $0.offset) }
      rule = .declared(Dictionary(places, uniquingKeysWith: min))
      return
    }
    switch group.column.type {
    case .text, .category, .code, .date: rule = .bytes
    case .integer: rule = .numbers(scale: 0)
    case .money(let scale, _, _): rule = .numbers(scale: scale)
    }
  }

  /// Negative when `a` comes first, positive when `b` does, 0 when they are the same bytes.
  func compare(_ a: String, _ b: String) -> Int {
    switch rule {
    case .declared(let places):
      let (left, right) = (places[a] ?? Int.max, places[b] ?? Int.max)
      if left != right { return left < right ? -1 : 1 }
    case .numbers(let scale):
      // What is no number cannot be in such a column; it would come last.
      let left = ExactDecimal(a.utf8, scale: scale)?.floor ?? Int64.max
      let right = ExactDecimal(b.utf8, scale: scale)?.floor ?? Int64.max
      if left != right { return left < right ? -1 : 1 }
    case .bytes:
      break
    }
    if a.utf8.elementsEqual(b.utf8) { return 0 }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  }
}
