import EncryptedTable
import Foundation
import Testing

/// The largest person of a table, and the buckets that persons have.
@Suite struct PersonTests {
  private func visits(_ patients: [String?], from start: Int = 0) -> [Visit] {
    patients.enumerated().map {
      Visit(
        number: Int64(start + $0.offset), site: "S\($0.offset % 2)", year: 1, patient: $0.element)
    }
  }

  @Test func theLargestPersonsOfAllIngestsAddUp() async throws {
    let provider = try VisitProvider()
    // Records without a patient are one person's: there are four of them.
    let first = visits(["a", "b", nil, "a", "", "a", "NA", "c", "-"])
    let report = try await provider.encrypt(first)
    #expect(report.largestPersonCount == 4)
    #expect(try provider.table().largestPersonCount == 4)
    let second = try await provider.encrypt(
      visits(["a", "d", "a"], from: 100), as: "second.csv", appends: true)
    #expect(second.largestPersonCount == 2)
    let third = try await provider.encrypt(visits([]), as: "third.csv", appends: true)
    #expect(third.largestPersonCount == 0)
    let table = try provider.table()
    #expect(table.largestPersonCount == 6 && table.statistics.ingestCount == 3)
    // Deleting takes nothing from the bound.
    _ = try table.delete(matching: ["site"]) { $0 == ["S0"] }
    #expect(try provider.table().largestPersonCount == 6)
  }

  @Test func aTableWithoutPersonsHasNoLargest() async throws {
    let folder = try TestFolder()
    try EncryptedTable.create(at: folder.table, description: TestSource.description())
    #expect(try EncryptedTable(opening: folder.table).largestPersonCount == nil)
    try TestSource(name: "a", count: 3).encrypt(folder.table, options: .init(appends: true))
    #expect(try EncryptedTable(opening: folder.table).largestPersonCount == nil)
  }

  @Test func theLargestPersonIsPartOfTheSnapshot() throws {
    let folders = [try TestFolder(), try TestFolder()]
    let source = TestSource(name: "a", count: 3)
    var digests: [String] = []
    let description = TestSource.description()
    for (index, folder) in folders.enumerated() {
      let ingest = try Ingest.begin(
        at: folder.table, describing: description, source: source.identity, capacity: 100,
        largestPersonCount: 1 + index)
      while try source.stageNext(ingest) {}
      digests.append(try ingest.publish().hexadecimal)
      #expect(try EncryptedTable(opening: folder.table).largestPersonCount == 1 + index)
    }
    #expect(digests[0] != digests[1])
  }

  /// The bucket of every slot, checked to be one.
  private func buckets(_ provider: VisitProvider) throws -> [Int64: Int] {
    let table = try provider.table()
    var found: [Int64: Int] = [:]
    for (chunk, visits) in try provider.chunks().enumerated() {
      let columns = try (0..<VisitProvider.buckets).map {
        try table.slots("person/bucket/\($0)", chunk: chunk, keys: provider.keys)
      }
      for slot in 0..<VisitProvider.slots {
        let ones = columns.indices.filter { columns[$0][slot] == 1 }
        #expect(columns.allSatisfy { $0[slot] == 0 || $0[slot] == 1 })
        #expect(ones.count == (slot < visits.count ? 1 : 0))
        if slot < visits.count { found[visits[slot].number] = ones.first }
      }
    }
    return found
  }

  @Test func aPersonHasOneBucketInAllTablesOfAKey() async throws {
    let patients = (0..<90).map { "patient \($0)" } + [nil, "", "NULL"]
    let hospitals = [try VisitProvider(), try VisitProvider()]
    try await hospitals[0].encrypt(visits(patients))
    try await hospitals[1].encrypt(visits(patients.reversed()))
    let first = try buckets(hospitals[0])
    let second = try buckets(hospitals[1])
    let last = Int64(patients.count - 1)
    for number in 0...last { #expect(first[number] == second[last - number]) }
    // All without a patient share one, and 90 patients do not leave one of eight buckets empty but
    // with probability 5·10^-5, once for a key.
    #expect(Set((90...last).map { first[$0] }).count == 1)
    #expect(Set(first.values).count >= VisitProvider.buckets - 1)
  }
}
