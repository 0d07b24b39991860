/// Which column of the source tells one person's records from another's.
public struct PersonSettings: Hashable, Sendable {
  /// The SQL name or header of a column that is kept, else the header of a column that is read for
  /// this alone and stored nowhere.
  public let column: String
  /// The values of a hidden digit that each person has by a hash, one of `bucketCounts`; nil for no
  /// such digit.
  public let buckets: Int?

  /// How many buckets there may be.
  public static let bucketCounts = [2, 4, 8, 16, 32, 64, 128, 256]

  package init(column: String, buckets: Int?) {
    self.column = column
    self.buckets = buckets
  }
}

/// How the person of each record is read.
package struct PersonReading: Sendable {
  /// The schema to read the source with: that of the table, and after its columns the person's, where
  /// that is otherwise dropped.
  package let schema: Schema
  private let index: Int
  private let column: Column

  /// Nil when the schema names no person.
  package init?(_ schema: Schema) {
    guard let person = schema.person else { return nil }
    let kept = schema.columns.filter { $0.protection != .drop }
    if let index = kept.firstIndex(where: { $0.name == person.column })
      ?? kept.firstIndex(where: { $0.sourceName == person.column })
    {
      self.index = index
      column = kept[index]
      self.schema = schema
      return
    }
    index = kept.count
    column = Column(
      sourceName: person.column, name: person.column, type: .text, protection: .clear, uses: [],
      isNullable: true)
    var reading = schema
    reading.columns.append(column)
    self.schema = reading
  }

  /// What names the record's person; empty for NULL, so that all records without a person are one
  /// person's. Two records have the same text exactly when their cells are equal.
  package func text(of record: ClaimRecord) -> String {
    guard record.cells.indices.contains(index) else { return "" }
    switch record.cells[index] {
    case .null: return ""
    case .text(let text), .code(let text): return text
    case .date(let day): return day.description
    case .number(let number): return String(number)
    case .category(let value):
      guard case .category(let values?) = column.type, values.indices.contains(value) else {
        return String(value)
      }
      return values[value]
    }
  }
}
