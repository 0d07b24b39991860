/// Which records of a source go into which chunk. It follows from how many records each cluster key has
/// and from the chunks that are published, so an interrupted run finds it again.
///
/// A key's records first fill the last chunk that holds this key alone; then they get chunks of their
/// own, the last of them only when they fill at least half of it. What is left of all keys is put
/// together, in the order of keys: first into the last chunk of several keys, then into new ones.
struct ClusterPlan: Sendable {
  /// Records that are staged together, all for one chunk.
  struct Batch: Hashable, Sendable {
    /// The chunk that is added to; nil for a new one.
    var chunk: Int?
    var slots: Range<Int>
    /// Which records they are, counted among those of their key from 0.
    var parts: [Part]
  }

  struct Part: Hashable, Sendable {
    var key: ClusterKey
    var records: Range<Int>
  }

  /// A chunk that the source may add to.
  struct OpenChunk: Sendable {
    var index: Int
    /// The only key that it holds; nil when there are several.
    var key: ClusterKey?
    var freeSlots: Range<Int>
  }

  /// The batches by readings of the source. In one reading the batches of a lane are filled one after
  /// the other, and the lanes side by side.
  let passes: [[[Batch]]]

  /// The batches that are filled side by side, each with up to a chunk of records in memory: as many as
  /// hold 131,072 records together, but not more than 16.
  static func laneCount(slotsPerChunk: Int) -> Int { min(16, max(1, 131_072 / slotsPerChunk)) }

  init(_ counts: [ClusterKey: Int], open: [OpenChunk], slotsPerChunk: Int) {
    var lanes: [[Batch]] = []
    var rest: [Part] = []
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
      var batches: [Batch] = []
      var next = 0
      func take(_ count: Int, into slots: Range<Int>, of chunk: Int?) {
        batches.append(
          Batch(
            chunk: chunk, slots: slots.prefix(count),
            parts: [Part(key: key, records: next..<next + count)]))
        next += count
      }
      if key != .other, let last = open.last(where: { $0.key == key }), !last.freeSlots.isEmpty {
        take(min(count, last.freeSlots.count), into: last.freeSlots, of: last.index)
      }
      while count - next >= max(1, (slotsPerChunk + 1) / 2) {
        take(min(count - next, slotsPerChunk), into: 0..<slotsPerChunk, of: nil)
      }
      if next < count { rest.append(Part(key: key, records: next..<count)) }
      if !batches.isEmpty { lanes.append(batches) }
    }
    let last = open.last { $0.key == nil }
    lanes += ClusterPlan.joined(rest, into: last, slotsPerChunk).map { [$0] }
    let width = ClusterPlan.laneCount(slotsPerChunk: slotsPerChunk)
    passes = stride(from: 0, to: lanes.count, by: width).map {
      Array(lanes[$0..<min($0 + width, lanes.count)])
    }
  }

  /// Batches of the remainders of several keys, cut where a chunk is full.
  private static func joined(
    _ rest: [Part], into last: OpenChunk?, _ slotsPerChunk: Int
  ) -> [Batch] {
    var batches: [Batch] = []
    var room = 0..<slotsPerChunk
    var chunk: Int?
    var parts: [Part] = []
    var filled = 0
    if let last, !last.freeSlots.isEmpty { (room, chunk) = (last.freeSlots, last.index) }
    func close() {
      guard !parts.isEmpty else { return }
      batches.append(Batch(chunk: chunk, slots: room.prefix(filled), parts: parts))
      (room, chunk, parts, filled) = (0..<slotsPerChunk, nil, [], 0)
    }
    for part in rest {
      var start = part.records.lowerBound
      while start < part.records.upperBound {
        let end = min(part.records.upperBound, start + room.count - filled)
        parts.append(Part(key: part.key, records: start..<end))
        filled += end - start
        start = end
        if filled == room.count { close() }
      }
    }
    close()
    return batches
  }
}
