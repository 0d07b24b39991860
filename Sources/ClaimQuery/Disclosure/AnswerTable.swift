/// An answer as aligned text: text to the left, numbers to the right.
struct AnswerTable {
  private let answer: Answer

  init(_ answer: Answer) {
    self.answer = answer
  }

  var text: String {
    let header = answer.columns.map(AnswerTable.shown)
    let body = answer.rows.map { $0.map(AnswerTable.shown) }
    let widths = header.indices.map { column in
      ([header] + body).map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    let isText = header.indices.map { column in
      answer.rows.contains { $0.indices.contains(column) && $0[column].isText }
    }
    func line(_ fields: [String]) -> String {
      let padded = fields.indices.map { column in
        let blanks = String(repeating: " ", count: max(0, widths[column] - fields[column].count))
        return isText[column] ? fields[column] + blanks : blanks + fields[column]
      }
      return AnswerTable.trimmed(padded.joined(separator: "  "))
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    let count = answer.rows.count
    let lines =
      [line(header), rule] + body.map(line) + ["(\(count) \(count == 1 ? "row" : "rows"))"]
    return (lines + note).joined(separator: "\n") + "\n"
  }

  /// What withheld means, when there is a withheld cell.
  private var note: [String] {
    guard !answer.withheld.isEmpty else { return [] }
    let cohort = answer.minimumCohort
    return [
      "",
      "withheld: fewer than \(cohort) people contribute (records, where the schema names no person), or",
      "what is shown and known would tell about so few.",
    ]
  }

  private static func shown(_ cell: AnswerCell) -> String {
    switch cell {
    case .withheld: "withheld"
    case .value: cell.text.map(shown) ?? "NULL"
    }
  }

  /// Keys come from tables that others wrote; a terminal would act on control characters.
  private static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}

extension AnswerCell {
  /// Whether it holds text or a day.
  fileprivate var isText: Bool {
    switch self {
    case .value(.text), .value(.date): true
    case .value, .withheld: false
    }
  }
}
