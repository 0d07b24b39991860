import ClaimQuery
import ClaimSchema

/// The groups of plain records, written without any of the planner's parts.
extension PlainTruth {
  /// The record's key as answers write it; nil is NULL.
  func key(_ expression: GroupingExpression) -> String? {
    switch expression {
    case .column(let reference):
      let column = schema.column(named: reference.name)
      if reference.name == "m", case .number(let number)? = record["m"] {
        return PlainTruth.bands.first { $0.values.contains(number) }?.label
      }
      return PlainTable.text(record[reference.name], column)
    case .datePart(let part, let reference):
      return PlainTruth.part(part, of: record[reference.name]).map(String.init)
    case .truncated(let unit, let reference):
      return PlainTruth.truncated(unit, record[reference.name])
    case .conditional(let branches, let otherwise):
      let label = branches.first { value($0.condition) == true }?.label ?? otherwise
      switch label?.value {
      case .string(let text)?, .number(let text)?: return text
      case .boolean?, .null?, nil: return nil
      }
    }
  }

  /// The bands of the fixture's column m, in cents.
  private static let bands: [(label: String, values: Range<Int64>)] = [
    ("[-100.00,0.00)", -10000..<0), ("[0.00,0.01)", 0..<1), ("[0.01,50.00)", 1..<5000),
    ("[50.00,100.00]", 5000..<10001),
  ]
}
