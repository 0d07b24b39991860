import ClaimSchema

/// One reading of a source: takes its records in order and gives out the batches as they become full.
struct ClusterPass {
  private struct Lane {
    /// What is left to fill, the next one first.
    var batches: ArraySlice<ClusterPlan.Batch>
    var records: [ClaimRecord] = []
  }

  private var lanes: [Lane]
  /// For each key, which of its records go to which lane.
  private var routes: [ClusterKey: [(records: Range<Int>, lane: Int)]] = [:]
  /// How many records of each key have come.
  private var seen: [ClusterKey: Int] = [:]

  /// - Parameter batches: those of one reading, by lane.
  init(_ batches: [[ClusterPlan.Batch]]) {
    lanes = batches.map { Lane(batches: $0[...]) }
    for (lane, batches) in batches.enumerated() {
      for part in batches.flatMap(\.parts) {
        routes[part.key, default: []].append((part.records, lane))
      }
    }
  }

  /// Whether every batch was given out.
  var isComplete: Bool { lanes.allSatisfy(\.batches.isEmpty) }

  /// Takes the source's next record; the batch that it completes, if any, with its records in the
  /// source's order.
  mutating func add(
    _ record: ClaimRecord, key: ClusterKey
  ) -> (batch: ClusterPlan.Batch, records: [ClaimRecord])? {
    let number = seen[key, default: 0]
    seen[key] = number + 1
    guard let lane = routes[key]?.first(where: { $0.records.contains(number) })?.lane,
      let batch = lanes[lane].batches.first
    else { return nil }
    lanes[lane].records.append(record)
    guard lanes[lane].records.count == batch.slots.count else { return nil }
    lanes[lane].batches.removeFirst()
    defer { lanes[lane].records = [] }
    return (batch, lanes[lane].records)
  }
}
