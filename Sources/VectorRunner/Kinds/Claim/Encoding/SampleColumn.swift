import ClaimSchema

/// The one column of a vector's schema, and its values as vectors write them: whole numbers in units of
/// the last decimal, days in ISO 8601, codes and declared values as they are, nil for NULL.
struct SampleColumn: Sendable {
  let schema: Schema
  let column: Column

  /// - Throws: `SchemaError`; ``SampleError`` when the schema has no column or more than one.
  init(schema yaml: String) throws {
    schema = try Schema.parse(yaml: yaml, source: "vector")
    guard let column = schema.columns.first, schema.columns.count == 1 else {
      throw SampleError.notOneColumn
    }
    self.column = column
  }

  /// - Throws: ``SampleError`` for a text that is no value of the column's type.
  func value(_ text: String?) throws(SampleError) -> CellValue {
    try column.sampleValue(text)
  }

  /// The digits of a value; nil when it has none.
  func digits(_ text: String?) throws(SampleError) -> [Int]? {
    column.digitLayout?.digits(of: try value(text))
  }

  /// 1 for each value whose digits are in the set, 0 for the others.
  func selection(of values: [String], in set: DigitSet) throws(SampleError) -> String {
    var selection = ""
    for value in values {
      selection += try digits(value).map(set.contains) ?? false ? "1" : "0"
    }
    return selection
  }
}

/// A vector that says nothing sensible of its columns.
enum SampleError: Error, Hashable, Sendable, CustomStringConvertible {
  case notOneColumn
  case unknownColumn(String)
  case notAValue(String, column: String)

  var description: String {
    switch self {
    case .notOneColumn: "the vector's schema must have one column"
    case .unknownColumn(let name): "the vector's schema has no column \(name)"
    case .notAValue(let text, let column): "'\(text)' is no value of column \(column)"
    }
  }
}

extension Column {
  /// The value that a vector writes so.
  func sampleValue(_ text: String?) throws(SampleError) -> CellValue {
    guard let text else { return .null }
    if protection == .clear { return .text(text) }
    let value: CellValue? =
      switch type {
      case .text: .text(text)
      case .category(let values):
        values?.firstIndex { $0.utf8.elementsEqual(text.utf8) }.map { .category($0) }
      case .code: .code(text)
      case .date: CalendarDay(iso: text).map { .date($0) }
      case .integer, .money: Int64(text).map { .number($0) }
      }
    guard let value else { throw .notAValue(text, column: name) }
    return value
  }

  /// How a vector writes a value; nil for NULL.
  func sampleText(_ value: CellValue) -> String? {
    switch value {
    case .null: nil
    case .text(let text), .code(let text): text
    case .category(let index):
      if case .category(let values?) = type, values.indices.contains(index) {
        values[index]
      } else {
        "value \(index)"
      }
    case .date(let day): day.description
    case .number(let number): String(number)
    }
  }
}
