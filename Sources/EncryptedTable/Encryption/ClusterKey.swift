import ClaimSchema

/// The cells by which a record is put beside its like.
enum ClusterKey: Hashable, Comparable, Sendable {
  /// The cells of the columns of `cluster_by`; none where the schema has none, and all are alike.
  case cells([ClearCell])
  /// Any others: there are too many keys to tell them all apart.
  case other

  static func < (left: ClusterKey, right: ClusterKey) -> Bool {
    switch (left, right) {
    case (.cells(let a), .cells(let b)): a.lexicographicallyPrecedes(b)
    case (.cells, .other): true
    case (.other, _): false
    }
  }
}

/// How many records of a source have each cluster key.
struct ClusterCounts: Sendable {
  private(set) var counts: [ClusterKey: Int] = [:]
  /// The places of the columns in a record.
  private let indices: [Int]

  /// The keys that are told apart: the first ones of the source. What they need of memory, and how
  /// often the source is read, stays bounded.
  static let maximumKeyCount = 1024

  init(_ schema: Schema) {
    let columns = schema.columns.filter { $0.protection != .drop }.map(\.name)
    indices = schema.clusterBy.compactMap(columns.firstIndex)
  }

  mutating func add(_ record: ClaimRecord) {
    let key = cells(of: record)
    if counts[key] == nil, counts.count >= ClusterCounts.maximumKeyCount {
      counts[.other, default: 0] += 1
    } else {
      counts[key, default: 0] += 1
    }
  }

  /// The key under which a record was counted.
  func key(of record: ClaimRecord) -> ClusterKey {
    let key = cells(of: record)
    return counts[key] == nil ? .other : key
  }

  private func cells(of record: ClaimRecord) -> ClusterKey {
    .cells(
      indices.map { index in
        guard case .text(let text) = record.cells[index] else { return ClearCell(nil) }
        return ClearCell(text)
      })
  }
}
