import ClaimSchema
import EncryptedTable
import Foundation
import SecureMemory
import Testing

/// Records that do not fit the schema, for either policy.
@Suite struct BadRecordTests {
  /// A row with one thing wrong: its text, the column (nil for the row), the reason, and what must
  /// never be repeated.
  struct BadRow: Sendable {
    var row: String
    var column: String?
    var reason: String
    var value: String

    init(_ column: Int, _ value: String, _ name: String, _ reason: String) {
      var cells = TestClaim.random(1, seed: 70)[0].row().split(
        separator: ",", omittingEmptySubsequences: false
      ).map(String.init)
      cells[column] = value
      row = cells.joined(separator: ",")
      self.column = name
      self.reason = reason
      self.value = value
    }

    init(row: String, reason: String, value: String) {
      self.row = row
      self.reason = reason
      self.value = value
    }
  }

  static let rows = [
    BadRow(4, "xq7", "SEX", "not one of the declared values"),
    BadRow(5, "20091399", "ADMITTED", "not a date in the format yyyyMMdd"),
    BadRow(5, "20081231", "ADMITTED", "outside the declared range [2009-11-01, 2010-06-30]"),
    BadRow(6, "A9Q", "DX", "character 3 is not in the declared alphabet"),
    BadRow(6, "A9137", "DX", "longer than 3 characters"),
    BadRow(7, "11083", "AGE", "outside the declared range [0, 109]"),
    BadRow(8, "73.219", "PAID", "more than 2 decimals"),
    BadRow(8, "7x3", "PAID", "not an amount"),
    BadRow(10, "", "DAYS", "empty, but the column is not nullable"),
    BadRow(11, "500.01", "COPAY", "outside the declared range [-10.00, 500.00]"),
    BadRow(0, "6177", "VISITS", "outside the declared range [0, 60]"),
    BadRow(row: "1,S9831", reason: "2 fields where the header has 12", value: "S9831"),
  ]

  @Test(arguments: [false, true])
  func stoppingKeepsNothing(appends: Bool) async throws {
    let provider = try TestProvider(.small)
    let good = TestClaim.random(70, seed: 71)
    let first = TestClaim.random(10, seed: 72)
    if appends {
      try await provider.encrypt(provider.write(TestClaim.csv(first), as: "first.csv"))
    }
    let digest = appends ? try provider.table().snapshotDigest : nil
    for bad in BadRecordTests.rows {
      // Late in the file, after more than a chunk of good records.
      let path = try provider.write(TestClaim.csv(good) + bad.row + "\n", as: "bad.csv")
      do {
        try await provider.encrypt(path, options: EncryptionOptions(appends: appends))
        Issue.record("\(bad.reason): not refused")
      } catch let problem as RecordProblem {
        #expect(problem.source == path && problem.line == 72)
        #expect(problem.column == bad.column)
        let place = "\(path):72: " + (bad.column.map { "column '\($0)': " } ?? "")
        #expect(problem.description.hasPrefix(place + bad.reason), "\(problem)")
        let rest = problem.description.dropFirst(path.count)
        #expect(bad.value.isEmpty || !rest.contains(bad.value))
      }
      if let digest {
        #expect(try provider.table().snapshotDigest == digest)
      } else {
        #expect(provider.tableFiles.isEmpty)
      }
    }
    if appends { try provider.expectTable(holds: first) }
  }

  @Test func skippingKeepsTheRest() async throws {
    let provider = try TestProvider(.small)
    let good = TestClaim.random(150, seed: 73)
    // Bad rows first and last, and around the places where chunks end.
    var lines: [String] = []
    var bad: [(line: Int, row: BadRow)] = []
    func addBad(_ count: Int) {
      for row in BadRecordTests.rows.dropFirst(bad.count).prefix(count) {
        lines.append(row.row)
        bad.append((lines.count + 1, row))
      }
    }
    for (index, claim) in good.enumerated() {
      if [0, 63, 64, 65, 128].contains(index) { addBad(2) }
      lines.append(claim.row())
    }
    addBad(2)
    let path = try provider.write(([TestClaim.header] + lines).joined(separator: "\n"))
    let rejects = provider.folder.path + "/rejects.csv"
    let options = EncryptionOptions(badRecords: .skip, rejectsPath: rejects)
    let report = try await provider.encrypt(path, options: options)
    #expect(report.reading.read == 162 && report.stored == 150 && report.reading.rejected == 12)
    #expect(report.reading.reasons.values.reduce(0, +) == 12)
    #expect(report.reading.reasons["column 'PAID': more than 2 decimals"] == 1)
    try provider.expectTable(holds: good)

    let written = try String(contentsOfFile: rejects, encoding: .utf8)
      .split(separator: "\n").map(String.init)
    #expect(written.first == "reject_line,reject_reason," + TestClaim.header)
    try #require(written.count == 13)
    for ((line, row), text) in zip(bad, written.dropFirst()) {
      let start = "\(line),\"" + (row.column.map { "column '\($0)': " } ?? "") + row.reason
      #expect(text.hasPrefix(start) && text.hasSuffix("\"," + row.row), "\(text)")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: rejects)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aFileOfBadRecordsOnly() async throws {
    let provider = try TestProvider(.small)
    let rows = BadRecordTests.rows.map(\.row)
    let path = try provider.write(([TestClaim.header] + rows).joined(separator: "\n"))
    let report = try await provider.encrypt(
      path, options: EncryptionOptions(badRecords: .skip))
    #expect(report.stored == 0 && report.reading.rejected == rows.count)
    #expect(try provider.table().recordCount == 0)
  }

  @Test func rejectsThatCannotBeWrittenKeepNothing() async throws {
    let provider = try TestProvider(.small)
    let text = TestClaim.csv(TestClaim.random(5, seed: 74)) + BadRecordTests.rows[0].row + "\n"
    let path = try provider.write(text)
    let rejects = provider.folder.path + "/absent/rejects.csv"
    await #expect(throws: SecureMemoryError.self) {
      try await provider.encrypt(
        path, options: EncryptionOptions(badRecords: .skip, rejectsPath: rejects))
    }
    #expect(provider.tableFiles.isEmpty)
  }
}
