import ClaimSchema

/// One expression of GROUP BY and what its keys are.
public struct GroupColumn: Hashable, Sendable {
  /// The expression as written.
  public let expression: GroupingExpression
  /// The column that the keys are read from by the server, which sees them; nil when the plan lists
  /// the keys and the server does not learn which record has which.
  public let clearColumn: Column?
  /// What the keys are.
  public let keyType: KeyType
  /// The listed keys in ascending order, the NULL group excluded; empty when the server reads them.
  public let listedKeys: [String]

  /// What a grouping expression's keys are.
  public enum KeyType: Hashable, Sendable {
    /// Text, in the order of its bytes.
    case text
    /// Days in ISO 8601.
    case date
    /// Whole numbers.
    case integer
    /// Exact decimals.
    case numeric
  }

  package init(
    expression: GroupingExpression, clearColumn: Column?, keyType: KeyType, listedKeys: [String]
  ) {
    self.expression = expression
    self.clearColumn = clearColumn
    self.keyType = keyType
    self.listedKeys = listedKeys
  }

  /// True when the server sees the keys.
  public var isClear: Bool { clearColumn != nil }

  /// As messages name it.
  public var name: String {
    switch expression {
    case .column(let reference): reference.name
    case .datePart(let part, let reference): "\(part.rawValue) of \(reference.name)"
    case .truncated(let unit, let reference): "\(unit.rawValue) of \(reference.name)"
    case .conditional: "CASE"
    }
  }

  /// The key of a cell of the clear column; nil is NULL.
  package func key(ofCell cell: String?) -> String? {
    guard let cell else { return nil }
    switch expression {
    case .column, .conditional: return cell
    case .datePart(let part, _): return CalendarDay(iso: cell).map { String($0.value(of: part)) }
    case .truncated(let unit, _):
      return CalendarDay(iso: cell).map { $0.truncated(to: unit).description }
    }
  }

  /// Whether a key can come from a cell of the clear column.
  package func canHold(_ key: String?) -> Bool {
    guard let column = clearColumn else { return false }
    guard let key else { return column.isNullable }
    switch expression {
    case .column, .conditional:
      guard
        case .text(let canonical)? = try? CellParser(canonical: column).value(
          of: Array(key.utf8)[...])
      else { return false }
      return canonical.utf8.elementsEqual(key.utf8)
    case .datePart(let part, _):
      return Int(key).map { String($0) == key && part.range.contains($0) } ?? false
    case .truncated(let unit, _):
      guard let day = CalendarDay(iso: key) else { return false }
      return day.description == key && day.truncated(to: unit) == day
    }
  }
}

extension DatePart {
  /// The values that `extract` can give.
  fileprivate var range: ClosedRange<Int> {
    switch self {
    case .year: 1...9999
    case .quarter: 1...4
    case .month: 1...12
    case .day: 1...31
    }
  }
}
