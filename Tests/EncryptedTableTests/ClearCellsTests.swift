import EncryptedTable
import Testing

@Suite struct ClearCellsTests {
  @Test func cellsAreKeptExactly() {
    // The last two look alike and are equal as Swift strings; as SQL values they are not.
    let cells: [String?] = ["b", nil, "a", "b", "", "e\u{301}", "\u{e9}"]
    let coded = ClearCells(cells)
    #expect(coded.count == cells.count)
    #expect(coded.values.count == 5)
    for (index, cell) in cells.enumerated() {
      #expect(coded[index].map { Array($0.utf8) } == cell.map { Array($0.utf8) })
    }
  }

  @Test func runsJoin() {
    let first: [String?] = ["x", nil, "b"]
    let second: [String?] = ["a", "x"]
    let joined = ClearCells(joining: [ClearCells(first), ClearCells(second), ClearCells([])])
    #expect(joined == ClearCells(first + second))
    #expect(ClearCells(joining: []) == ClearCells([]))
  }

  @Test(arguments: [1, 16, 17, 255, 256, 70000])
  func codesOfEveryWidthSurviveTheTable(distinct: Int) throws {
    let folder = try TestFolder()
    let cells: [String?] = (0..<distinct).map { "v\($0)" } + [nil, "v0"]
    let source = TestSource(name: "a", count: cells.count)
    let ingest = try Ingest.begin(
      at: folder.table, describing: TestSource.description(slots: 1 << 17),
      source: source.identity, capacity: 1 << 17)
    try ingest.beginBatch(chunk: 0, slots: 0..<cells.count)
    try ingest.addClearCells(column: "c", cells: cells)
    try ingest.commitBatch()
    try ingest.publish()
    let table = try EncryptedTable(opening: folder.table)
    let stored = try table.clearCells(column: "c", chunk: 0)
    #expect(stored == ClearCells(cells))
    #expect((0..<cells.count).allSatisfy { stored[$0] == cells[$0] })
    let statistics = try table.clearStatistics(column: "c", chunk: 0)
    #expect(statistics.nullCount == 1 && statistics.recordCount == cells.count)
    #expect((statistics.valueCounts == nil) == (distinct > ClearStatistics.maximumValueCount))
    #expect(statistics.valueCounts?.first { $0.value == "v0" }?.count ?? 2 == 2)
  }
}
