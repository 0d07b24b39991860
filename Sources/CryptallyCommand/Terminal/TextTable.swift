/// Lines of fields in columns, padded with spaces.
struct TextTable {
  enum Alignment {
    case left
    case right
  }

  private let alignments: [Alignment]
  private let indentation: Int
  private var rows: [[String]] = []

  /// Columns after the given ones are aligned left.
  init(_ alignments: [Alignment] = [], indentation: Int = 0) {
    self.alignments = alignments
    self.indentation = indentation
  }

  mutating func add(_ fields: String...) { rows.append(fields) }

  mutating func add(row fields: [String]) { rows.append(fields) }

  /// A line of dashes under each column.
  mutating func addRule() {
    rows.append(widths.map { String(repeating: "-", count: $0) })
  }

  var lines: [String] {
    let widths = widths
    let margin = String(repeating: " ", count: indentation)
    return rows.map { row in
      let fields = row.enumerated().map { index, field in
        let blanks = String(repeating: " ", count: widths[index] - field.count)
        let isRight = alignments.indices.contains(index) && alignments[index] == .right
        return isRight ? blanks + field : field + blanks
      }
      let line = margin + fields.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private var widths: [Int] {
    let columns = rows.map(\.count).max() ?? 0
    return (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
  }
}
