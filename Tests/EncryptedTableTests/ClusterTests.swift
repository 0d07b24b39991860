import EncryptedTable
import Foundation
import Synchronization
import Testing

/// Where `cluster_by` puts records.
@Suite struct ClusterTests {
  /// Visits of one site and year, numbered from a start.
  private func visits(_ count: Int, _ site: String?, _ year: Int?, from start: Int) -> [Visit] {
    (start..<start + count).map { Visit(number: Int64($0), site: site, year: year, patient: "p") }
  }

  /// The visits of all lists, one of each in turn.
  private func interleaved(_ lists: [[Visit]]) -> [Visit] {
    (0..<(lists.map(\.count).max() ?? 0)).flatMap { index in
      lists.compactMap { $0.indices.contains(index) ? $0[index] : nil }
    }
  }

  /// What keys a chunk holds, and how many records.
  private func shapes(_ provider: VisitProvider) throws -> [String] {
    try provider.chunks().map { chunk in
      let keys = Set(chunk.map { "\($0.site ?? "-")\($0.year.map { "\($0)" } ?? "-")" })
      return "\(chunk.count) \(keys.sorted().joined(separator: " "))"
    }
  }

  @Test func keysGetChunksOfTheirOwn() async throws {
    let provider = try VisitProvider()
    let all = interleaved([
      visits(150, "A", 1, from: 0), visits(70, "B", 1, from: 1000), visits(20, nil, 1, from: 2000),
      visits(10, "A", nil, from: 3000), visits(32, "B", 2, from: 4000),
    ])
    try await provider.encrypt(all)
    // 150 are 64, 64 and 22; 22 is less than half a chunk, as are 6, 20 and 10.
    #expect(
      try shapes(provider).sorted() == ["32 B2", "58 -1 A- A1 B1", "64 A1", "64 A1", "64 B1"])
    #expect(Set(try provider.chunks().joined()) == Set(all.stored))
    #expect(try provider.table().recordCount == all.count)

    // 50 get a chunk, because A1's last is full. 32 of 40 fill B2's free slots; of the 8 that are left
    // 6 fill the mixed chunk, and 2 begin another, with C3.
    let more = interleaved([
      visits(50, "A", 1, from: 5000), visits(6, "C", 3, from: 6000), visits(40, "B", 2, from: 7000),
    ])
    try await provider.encrypt(more, as: "more.csv", appends: true)
    #expect(
      try shapes(provider).sorted() == [
        "50 A1", "64 -1 A- A1 B1 B2", "64 A1", "64 A1", "64 B1", "64 B2", "8 B2 C3",
      ])
    #expect(Set(try provider.chunks().joined()) == Set((all + more).stored))
    #expect(try provider.table().recordCount == all.count + more.count)
  }

  @Test func aSmallTableIsOneChunk() async throws {
    let provider = try VisitProvider()
    let all = interleaved((0..<10).map { visits(3, "S\($0)", $0, from: $0 * 10) })
    try await provider.encrypt(all)
    #expect(try provider.chunks().map { $0.stored } == [all.stored])
    try await provider.encrypt(
      visits(20, "S1", 1, from: 500), as: "more.csv", appends: true)
    #expect(try provider.table().chunks.map(\.appends) == [[0..<30, 30..<50]])
  }

  @Test func withManyKeysEveryRecordIsThereOnce() async throws {
    let provider = try VisitProvider()
    // More keys than are told apart, most of them after those.
    let all = (0..<2300).map {
      Visit(number: Int64($0), site: "S\($0 % 1150)", year: $0 % 1150, patient: nil)
    }
    try await provider.encrypt(all)
    let stored = try provider.chunks().joined()
    #expect(stored.count == all.count && Set(stored) == Set(all.stored))
    #expect(try provider.table().chunks.count == 36)
  }

  /// What a kill at any step leaves is the files as they are then; the same command goes on.
  @Test(arguments: [false, true])
  func everyStepOfARunCanBeTheLast(appends: Bool) async throws {
    let provider = try VisitProvider()
    let first = appends ? visits(45, "S3", 3, from: 9000) + visits(20, "S4", 4, from: 9100) : []
    if appends { try await provider.encrypt(first, as: "first.csv") }
    // 30 keys of 50 records each but for a few: more lanes than one reading fills.
    let all = (0..<1500).map { index in
      let key = index * 7 % 30
      return Visit(
        number: Int64(index), site: "S\(key % 6)", year: key % 5, patient: "p\(index % 9)")
    }
    let images = Mutex<[TestFolder]>([])
    try await provider.encrypt(all, appends: appends) { step in
      if let image = try? provider.folder.image() { images.withLock { $0.append(image) } }
    }
    let expected = try provider.chunks()
    #expect(expected.joined().count == first.count + all.count)
    #expect(Set(expected.joined()) == Set((first + all).stored))
    let kept = images.withLock { $0 }.enumerated().filter { $0.offset % 6 == 0 }.map(\.element)
    #expect(kept.count > 8)
    var resumed = 0
    for image in kept {
      let next = try VisitProvider(image)
      #expect(try next.table().recordCount == first.count)
      let report = try await next.encrypt(all, appends: appends)
      resumed += report.wasResumed ? 1 : 0
      // Not only the records are the same, but their places.
      #expect(try next.chunks() == expected)
    }
    #expect(resumed > 5)
  }

  @Test func boundsFollowTheColumnsOrder() async throws {
    let provider = try VisitProvider()
    let all = (0..<60).map {
      Visit(number: Int64($0), site: "S\($0)", year: $0 < 40 ? 95 + $0 : nil, patient: nil)
    }
    try await provider.encrypt(all)
    try await provider.encrypt(
      [Visit(number: 100, site: "R", year: 1000)], as: "more.csv", appends: true)
    let table = try provider.table()
    let years = try table.clearStatistics(column: "year", chunk: 0)
    #expect(years.valueCounts == nil && years.nullCount == 20 && years.recordCount == 61)
    // As text, "100" would come first and "99" last.
    #expect(years.bounds?.least == "95" && years.bounds?.greatest == "1000")
    let sites = try table.clearStatistics(column: "site", chunk: 0)
    #expect(sites.bounds?.least == "R" && sites.bounds?.greatest == "S9")
    #expect(years.order == .number && sites.order == .bytes)
  }

  @Test func numbersCompareAsNumbers() {
    let ascending = ["-100.00", "-99.50", "-0.01", "0.00", "0.05", "9.99", "10.00", "100.00"]
    for (index, left) in ascending.enumerated() {
      for (other, right) in ascending.enumerated() {
        #expect(ClearOrder.number.precedes(left, right) == (index < other), "\(left) \(right)")
      }
    }
    #expect(ClearOrder.bytes.precedes("10", "9"))
  }
}
