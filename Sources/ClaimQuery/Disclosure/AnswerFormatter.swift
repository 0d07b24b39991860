import ClaimSchema

/// The written forms of an answer.
public enum AnswerFormat: String, CaseIterable, Sendable {
  /// Aligned text for people.
  case table
  /// RFC 4180.
  case csv
  /// One JSON object on one line.
  case json
}

/// Writes an answer as text. Numbers are written as PostgreSQL writes them, in every format.
public struct AnswerFormatter: Sendable {
  private let format: AnswerFormat

  /// A formatter for one of the written forms.
  public init(_ format: AnswerFormat) {
    self.format = format
  }

  /// The text of an answer, with a line break at its end.
  ///
  /// - `table`: a withheld cell reads `withheld`, explained below the table; NULL reads `NULL`.
  /// - `csv`: lines end with CR LF; NULL is empty and an empty key is `""`. Withheld cells are
  ///   empty; when there is one, a last column `withheld` holds for every row the numbers of its
  ///   withheld columns, from 0, with spaces between them.
  /// - `json`: `{"columns": […], "rows": [[…]], "withheld": [[row, column]]}` with numbers from 0;
  ///   numbers are exact, text and days are strings, NULL and withheld cells are null.
  public func text(for answer: Answer) -> String {
    switch format {
    case .table: AnswerTable(answer).text
    case .csv: AnswerFormatter.csv(answer)
    case .json: AnswerFormatter.json(answer)
    }
  }

  private static func csv(_ answer: Answer) -> String {
    let withheld = Dictionary(grouping: answer.withheld, by: \.row)
    var lines = [answer.columns.map(csvField) + (withheld.isEmpty ? [] : ["withheld"])]
    for (index, row) in answer.rows.enumerated() {
      var fields = row.map(csvField)
      if !withheld.isEmpty {
        let columns = withheld[index, default: []].map { String($0.column) }
        fields.append(columns.joined(separator: " "))
      }
      lines.append(fields)
    }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func csvField(_ cell: AnswerCell) -> String {
    cell.text.map(csvField) ?? ""
  }

  private static func csvField(_ text: String) -> String {
    let special: Set<Unicode.Scalar> = ["\"", ",", "\r", "\n"]
    let needsQuotes =
      text.isEmpty || text.first == " " || text.last == " "
      || text.unicodeScalars.contains(where: special.contains)
    guard needsQuotes else { return text }
    var field = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { field.append(scalar) }
      field.append(scalar)
    }
    field.append("\"")
    return String(field)
  }

  private static func json(_ answer: Answer) -> String {
    let columns = answer.columns.map(JSONText.string)
    let rows = answer.rows.map { row in
      JSONText.array(
        row.map { cell -> String in
          switch cell {
          case .value(.text(let text)), .value(.date(let text)): JSONText.string(text)
          case .value, .withheld: cell.text ?? "null"
          }
        })
    }
    let withheld = answer.withheld.map { JSONText.array([String($0.row), String($0.column)]) }
    return "{\"columns\": \(JSONText.array(columns)), \"rows\": \(JSONText.array(rows)),"
      + " \"withheld\": \(JSONText.array(withheld))}\n"
  }
}
