import Foundation
import SecureMemory
import Testing
import VectorRunner

/// That the runner finds what is wrong: a vector that is not given, an error that does not come, a
/// file that is not as its format wants it.
@Suite struct VectorRunTests {
  @Test func aRightFilePasses() async throws {
    let report = try await run()
    #expect(report.failures.isEmpty)
    #expect(report.passed == 4)
    #expect(report.path == .current)
  }

  @Test(arguments: [
    // A value that is not this build's: where it stands, and both values.
    ("\"sum\": [2, 4]", "\"sum\": [2, 5]", 1, "sum[1]: expected 5, found 4"),
    ("\"sum\": [2, 4]", "\"sum\": [2, 4, 6]", 1, "sum: expected 3 values, found 2 values"),
    // A right input that is called wrong, and the other way round.
    ("\"result\": \"invalid\"", "\"result\": \"valid\"", 2, "refused: value 300"),
    ("\"terms\": [300]", "\"terms\": [200]", 2, "accepted; it must be refused"),
    // Another error than the vector's, by type and by text.
    ("\"type\": \"TooLarge\"", "\"type\": \"WireError\"", 2, "expected was WireError"),
    ("\"text\": \"value 300\"", "\"text\": \"value 301\"", 2, "… value 301 …"),
    // What is acceptable must still be right where it is accepted.
    ("\"sum\": [8]", "\"sum\": [9]", 3, "sum[0]: expected 9, found 8"),
  ])
  func aWrongCaseFails(_ text: String, _ replacement: String, _ id: Int, _ reason: String)
    async throws
  {
    let report = try await run { $0.replacing(text, with: replacement) }
    try #require(report.failures.count == 1)
    #expect(report.failures[0].id == id)
    #expect(report.failures[0].reason.contains(reason), "\(report.failures[0].reason)")
    #expect(report.passed == 3)
  }

  @Test(arguments: [
    ("\"format\": 1", "\"format\": 2", "format 2"),
    ("\"kind\": \"test.doubling\"", "\"kind\": \"test.other\"", "no vectors of kind test.other"),
    ("\"case_count\": 4", "\"case_count\": 5", "not numbered from 1 to 5"),
    ("\"id\": 2", "\"id\": 3", "not numbered"),
    ("\"Doubled\": \"why\"", "\"Other\": \"why\"", "the flag Doubled is not explained"),
    ("\"terms\": [1, 2]", "\"term\": [1, 2]", "not as its format wants it"),
    ("\"groups\": [", "\"groups\": [[", "not as its format wants it"),
  ])
  func aWrongFileFails(_ text: String, _ replacement: String, _ reason: String) async throws {
    let report = try await run { $0.replacing(text, with: replacement) }
    try #require(report.failures.count == 1)
    #expect(report.failures[0].id == nil)
    #expect(report.failures[0].reason.contains(reason), "\(report.failures[0].reason)")
  }

  @Test func aGroupThatCannotBeMadeFails() async throws {
    let report = try await run { $0.replacing("\"limit\": 255", with: "\"limit\": -1") }
    try #require(report.failures.count == 1)
    #expect(report.failures[0].name == "small numbers")
    #expect(report.passed == 0)
  }

  @Test(arguments: [("DOUBLED", 1), ("small*thr", 1), ("test.doubling", 4), ("nothing", 0)])
  func filtersLookAtNamesAndFlags(_ pattern: String, _ count: Int) async throws {
    let report = try await run(filter: pattern)
    #expect(report.passed == count)
    #expect(report.skipped == 4 - count)
  }

  @Test func reportsAreShownInThreeFormats() async throws {
    let good = try await run()
    let bad = try await run { $0.replacing("\"sum\": [2, 4]", with: "\"sum\": [2, 5]") }
    let table = try VectorReportFormatter(.table).text(for: [good, bad])
    #expect(table.contains("7/8"))
    #expect(table.contains("case 1, small numbers: one and two: sum[1]: expected 5, found 4"))
    let tap = try VectorReportFormatter(.tap).text(for: [good, bad])
    #expect(tap.hasPrefix("TAP version 14\n1..2\nok 1 - doubling.json"))
    #expect(tap.contains("\nnot ok 2 - doubling.json"))
    let json = try VectorReportFormatter(.json).text(for: [good, bad])
    let read = try VectorReportFormatter.reports(json: Data(json.utf8))
    #expect(read.map(\.count) == [4, 4])
    #expect(read[1].failures.map(\.id) == [1])
  }

  @Test func foldersWithoutVectorsAreNamed() throws {
    let empty = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: empty) }
    #expect(throws: VectorFolderError.missing(path: empty.path)) { try VectorFolder(empty.path) }
    #expect(throws: VectorFolderError.notInCheckout) {
      try VectorFolder.shipped(seenFrom: empty.path)
    }
  }

  private func run(
    filter: String? = nil, change: (String) -> String = { $0 }
  ) async throws -> VectorReport {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(change(Doubling.file).utf8).write(to: folder.appending(path: "doubling.json"))
    return await VectorRun(
      try VectorFolder(folder.path), filter: VectorFilter(filter), kinds: [Doubling.self]
    ).run("doubling.json")
  }
}

/// A kind for these tests: twice each number up to a limit.
private struct Doubling: VectorKind {
  struct Group: Decodable, Sendable {
    let limit: Int
  }

  struct Case: Decodable, Sendable {
    let terms: [Int]
    let sum: [Int]?
  }

  static let name = "test.doubling"
  private let limit: Int

  init(_ group: Group) throws {
    guard group.limit > 0 else { throw TooLarge(value: 0) }
    limit = group.limit
  }

  func run(_ vector: Case) throws {
    for term in vector.terms where term > limit { throw TooLarge(value: term) }
    guard let sum = vector.sum else { return }
    try VectorCheck.equal("sum", vector.terms.map { 2 * $0 }, sum)
  }

  static let file = """
    {"format": 1, "kind": "test.doubling", "description": "d", "case_count": 4,
     "flags": {"Doubled": "why"},
     "groups": [{"name": "small numbers", "limit": 255, "cases": [
      {"id": 1, "comment": "one and two", "flags": ["Doubled"], "terms": [1, 2], "sum": [2, 4],
       "result": "valid"},
      {"id": 2, "comment": "three hundred", "flags": [], "terms": [300], "result": "invalid",
       "error": {"type": "TooLarge", "text": "value 300"}},
      {"id": 3, "comment": "either, accepted", "flags": [], "terms": [4], "sum": [8],
       "result": "acceptable"},
      {"id": 4, "comment": "either, refused", "flags": [], "terms": [400], "sum": [8],
       "result": "acceptable"}
     ]}]}
    """
}

private struct TooLarge: Error, CustomStringConvertible {
  let value: Int
  var description: String { "value \(value) is too large" }
}
