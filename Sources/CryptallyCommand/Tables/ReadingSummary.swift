import Cryptally

/// What was found in a claims file: counts by reason and by column, and no value.
struct ReadingSummary {
  private let report: ReadingReport

  init(_ report: ReadingReport) { self.report = report }

  /// How many records were rejected for each reason, the most frequent first.
  var reasons: [String] {
    var table = TextTable([.right], indentation: 2)
    let sorted = report.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (reason, count) in sorted { table.add(FigureText.count(count), reason) }
    return table.lines
  }

  /// What was passed over because it is no claim.
  var ignored: [String] {
    report.ignored.sorted { $0.key < $1.key }.map { kind, count in
      "passed over  \(FigureText.count(count)) \(kind)"
    }
  }

  /// The columns of the accepted records.
  var columns: [String] {
    guard report.accepted > 0 else { return [] }
    var table = TextTable([.left, .right])
    table.add("column", "NULL", "how its cells were read")
    table.addRule()
    for column in report.columns {
      table.add(column.name, FigureText.count(column.nulls), notes(column).joined(separator: "; "))
    }
    return table.lines
  }

  private func notes(_ column: ColumnQuality) -> [String] {
    var notes = column.formats.map { "\(FigureText.count($0.count)) as \($0.format)" }
    if column.sentinels > 0 {
      notes.append("\(FigureText.count(column.sentinels)) NULL by null_dates")
    }
    if column.padded > 0 { notes.append("\(FigureText.count(column.padded)) filled with zeros") }
    if let currency = column.currency { notes.append("in \(currency)") }
    return notes
  }
}
