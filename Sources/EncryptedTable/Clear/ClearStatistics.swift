/// What a clear column holds in one chunk, as far as it helps to skip the chunk or to spare a mask.
///
/// Deleted records are counted like others: what no record here holds, no live one holds either, and
/// what all hold, all live ones hold.
package struct ClearStatistics: Hashable, Sendable {
  package var recordCount: Int
  package var nullCount: Int
  /// How the values compare.
  package var order: ClearOrder
  /// The least and the greatest value in that order; nil when all are NULL, or a value is long.
  package var bounds: Bounds?
  /// How many records hold each value, ascending by the values' bytes; nil when the values are many
  /// or long.
  package var valueCounts: [ValueCount]?

  package struct Bounds: Hashable, Sendable {
    package var least: String
    package var greatest: String
  }

  package struct ValueCount: Hashable, Sendable {
    package var value: String
    package var count: Int
  }

  /// The most distinct values that are listed.
  package static let maximumValueCount = 16
  /// The most bytes of a value that is listed or a bound.
  package static let maximumValueByteCount = 256

  package init(of cells: ClearCells, order: ClearOrder) {
    self.order = order
    recordCount = cells.count
    var counts = [Int](repeating: 0, count: cells.values.count + 1)
    for code in cells.codes { counts[Int(code)] += 1 }
    nullCount = counts[0]
    let isShort = cells.values.allSatisfy {
      $0.utf8.count <= ClearStatistics.maximumValueByteCount
    }
    guard isShort else { return }
    if let least = cells.values.min(by: order.precedes),
      let greatest = cells.values.max(by: order.precedes)
    {
      bounds = Bounds(least: least, greatest: greatest)
    }
    guard cells.values.count <= ClearStatistics.maximumValueCount else { return }
    valueCounts = zip(cells.values, counts.dropFirst()).map(ValueCount.init)
  }

  /// The statistics of several runs of slots together.
  package init(joining segments: [ClearStatistics]) {
    recordCount = segments.reduce(0) { $0 + $1.recordCount }
    nullCount = segments.reduce(0) { $0 + $1.nullCount }
    order = segments.first?.order ?? .bytes
    bounds = ClearStatistics.joinedBounds(segments, order)
    valueCounts = ClearStatistics.joinedCounts(segments)
  }

  private static func joinedBounds(
    _ segments: [ClearStatistics], _ order: ClearOrder
  ) -> Bounds? {
    var joined: Bounds?
    for segment in segments where segment.nullCount < segment.recordCount {
      // What one run of slots leaves open, the whole leaves open.
      guard let bounds = segment.bounds, segment.order == order else { return nil }
      guard let earlier = joined else {
        joined = bounds
        continue
      }
      joined = Bounds(
        least: order.precedes(bounds.least, earlier.least) ? bounds.least : earlier.least,
        greatest: order.precedes(earlier.greatest, bounds.greatest)
          ? bounds.greatest : earlier.greatest)
    }
    return joined
  }

  private static func joinedCounts(_ segments: [ClearStatistics]) -> [ValueCount]? {
    var sums: [ExactText: Int] = [:]
    for segment in segments {
      guard let counts = segment.valueCounts else { return nil }
      for entry in counts { sums[ExactText(entry.value), default: 0] += entry.count }
    }
    guard sums.count <= ClearStatistics.maximumValueCount else { return nil }
    return sums.sorted { $0.key < $1.key }.map {
      ValueCount(value: $0.key.text, count: $0.value)
    }
  }
}

extension ClearStatistics {
  /// Whether all records have the same cell.
  package var hasOneValue: Bool { single != nil }

  /// The cell that all records have; nil when they differ.
  var single: ClearCell? {
    if nullCount == recordCount { return ClearCell(nil) }
    guard nullCount == 0, let counts = valueCounts, counts.count == 1 else { return nil }
    return ClearCell(counts[0].value)
  }
}
