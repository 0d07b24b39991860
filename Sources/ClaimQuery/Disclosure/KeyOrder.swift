import ClaimSchema

/// The ascending order of one grouping column's keys.
///
/// Numbers go by their value and everything else by its UTF-8 bytes. The bands of a hidden number
/// are texts that are no numbers; they keep the order in which the plan lists them.
struct KeyOrder {
  private enum Rule {
    case bytes
    case numbers
    case rank([String: Int])
  }

  private let rule: Rule

  /// The order of every grouping column of a plan.
  static func orders(for plan: Plan) -> [KeyOrder] {
    var hiddenCount = 0
    return plan.groupColumns.map { column in
      guard !column.isClear else { return KeyOrder(type: column.column.type, listed: []) }
      defer { hiddenCount += 1 }
      let keys = plan.hiddenGroups.compactMap { group -> String? in
        group.keys.indices.contains(hiddenCount) ? group.keys[hiddenCount] : nil
      }
      return KeyOrder(type: column.column.type, listed: keys)
    }
  }

  /// `listed` holds a hidden column's keys in the plan's order.
  private init(type: ColumnType, listed: [String]) {
    switch type {
    case .text, .category, .code, .date:
      rule = .bytes
    case .integer, .money:
      if listed.allSatisfy({ DecimalKey($0) != nil }) {
        rule = .numbers
      } else {
        let ranks = listed.enumerated().map { ($0.element, $0.offset) }
        rule = .rank(Dictionary(ranks, uniquingKeysWith: min))
      }
    }
  }

  /// Negative when `a` comes first, positive when `b` does, 0 when they are the same bytes.
  func compare(_ a: String, _ b: String) -> Int {
    switch rule {
    case .bytes:
      break
    case .numbers:
      // Keys that are no numbers cannot be in such a column; they would come last.
      switch (DecimalKey(a), DecimalKey(b)) {
      case (let left?, let right?) where left != right: return left < right ? -1 : 1
      case (.some, nil): return -1
      case (nil, .some): return 1
      default: break
      }
    case .rank(let ranks):
      let (left, right) = (ranks[a] ?? Int.max, ranks[b] ?? Int.max)
      if left != right { return left < right ? -1 : 1 }
    }
    if a.utf8.elementsEqual(b.utf8) { return 0 }
    return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  }
}

/// A decimal number of any length, by value.
private struct DecimalKey: Comparable {
  private let isNegative: Bool
  private let whole: [UInt8]
  private let fraction: [UInt8]

  /// Nil unless `text` is digits with an optional sign and point.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let sign = rest.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let parts = rest.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let zero = UInt8(ascii: "0")
    whole = Array(parts[0].drop { $0 == zero })
    var decimals = parts.count > 1 ? Array(parts[1]) : []
    while decimals.last == zero { decimals.removeLast() }
    fraction = decimals
    isNegative = sign == UInt8(ascii: "-") && !(whole.isEmpty && fraction.isEmpty)
  }

  static func < (a: DecimalKey, b: DecimalKey) -> Bool {
    guard a.isNegative == b.isNegative else { return a.isNegative }
    return a.isNegative ? b.hasSmallerMagnitude(than: a) : a.hasSmallerMagnitude(than: b)
  }

  private func hasSmallerMagnitude(than other: DecimalKey) -> Bool {
    if whole.count != other.whole.count { return whole.count < other.whole.count }
    if whole != other.whole { return whole.lexicographicallyPrecedes(other.whole) }
    return fraction.lexicographicallyPrecedes(other.fraction)
  }
}
