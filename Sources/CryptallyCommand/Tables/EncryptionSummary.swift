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
    var counts = TextTable([.left, .right])
    counts.add("read", FigureText.count(report.read))
    counts.add("stored", FigureText.count(report.stored), "in \(table)")
    var rejected = ["rejected", FigureText.count(report.rejected)]
    if report.rejected > 0, let rejects { rejected.append("in \(rejects)") }
    counts.add(row: rejected)
    if let persons = report.largestPersonCount {
      counts.add("one person", FigureText.count(persons), "at most, of the records read now")
    }
    var reasons = TextTable([.right], indentation: 2)
    for (reason, count) in report.reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      reasons.add(FigureText.count(count), reason)
    }
    let resumed = report.wasResumed ? ["an interrupted run was completed"] : []
    return resumed + counts.lines + reasons.lines
  }
}
