/// One key of a hidden GROUP BY.
public struct GroupKey: Hashable, Sendable {
  /// The key as it appears in the answer.
  public let label: String
  /// The records of the group.
  public let set: DigitSet
}

extension Column {
  /// The most keys of one column.
  private static let groupKeyLimit = 4096

  /// The column's keys for GROUP BY in ascending order, the NULL group excluded: declared values,
  /// bands such as `[0.01,5000.00)`, or the whole numbers of a range of at most 4,096. Nil for
  /// columns without such keys (codes, dates, long ranges) and without indicators.
  public var groupKeys: [GroupKey]? {
    guard let layout = digitLayout else { return nil }
    let sizes = layout.sizes
    switch (layout.encoding, type) {
    case (.category, .category(let values?)):
      return values.enumerated()
        .sorted { $0.element.utf8.lexicographicallyPrecedes($1.element.utf8) }
        .map { GroupKey(label: $0.element, set: .single([$0.offset], sizes: sizes)) }
    case (.bands(let cuts, let range), _):
      let starts = [range.lowerBound] + cuts
      return starts.indices.map { index in
        let isLast = index == cuts.count
        let end = isLast ? range.upperBound : cuts[index]
        let label = "[\(decimalText(starts[index])),\(decimalText(end))\(isLast ? "]" : ")")"
        return GroupKey(label: label, set: .single([index], sizes: sizes))
      }
    case (.radix(let base, let range), .integer):
      guard range.upperBound - range.lowerBound < Column.groupKeyLimit else { return nil }
      return range.map { number in
        GroupKey(
          label: String(number),
          set: .single(layout.digits(of: number, base: base), sizes: sizes))
      }
    default: return nil
    }
  }
}
