import Cryptally

/// What `encrypt` says at its end.
struct EncryptionSummary {
  private let report: EncryptionReport
  private let table: String
  private let rejects: String?

  init(_ report: EncryptionReport, table: String, rejects: String?) {
    self.report = report
    self.table = table
    self.rejects = rejects
  }

  var lines: [String] {
    let reading = report.reading
    var counts = TextTable([.left, .right])
    counts.add("read", FigureText.count(reading.read))
    counts.add("stored", FigureText.count(report.stored), "in \(table)")
    var rejected = ["rejected", FigureText.count(reading.rejected)]
    if reading.rejected > 0, let rejects { rejected.append("in \(rejects)") }
    counts.add(row: rejected)
    if let persons = report.largestPersonCount {
      counts.add("one person", FigureText.count(persons), "at most, of the records read now")
    }
    let summary = ReadingSummary(reading)
    let resumed = report.wasResumed ? ["an interrupted run was completed"] : []
    let columns = summary.columns
    return resumed + counts.lines + summary.reasons + summary.ignored
      + (columns.isEmpty ? [] : [""]) + columns
  }
}
