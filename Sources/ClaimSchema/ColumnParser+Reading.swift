import Yams

extension ColumnParser {
  /// The most patterns of a date column, and the most sentinels.
  private static let listLimit = 16

  func reading(_ typeName: TypeName, _ type: ColumnType) throws(SchemaError) -> ColumnReading {
    ColumnReading(
      dateFormats: typeName == .date ? try dateFormats() : [], nullDates: try nullDates(),
      padding: try padding(type), decimalMark: try decimalMark(), expression: try expression())
  }

  private func dateFormats() throws(SchemaError) -> [String] {
    guard let node = section.node("format") else { return ["yyyy-MM-dd"] }
    var formats: [String] = []
    if case .sequence = node {
      formats = try section.texts("format", expected: DatePattern.form) ?? []
    } else {
      formats = [try section.text("format", expected: DatePattern.form) ?? ""]
    }
    guard (1...ColumnParser.listLimit).contains(formats.count),
      Set(formats).count == formats.count,
      formats.allSatisfy({ DatePattern($0) != nil })
    else { throw section.invalid("format", expected: DatePattern.form) }
    return formats
  }

  private func nullDates() throws(SchemaError) -> [CalendarDay] {
    let expected = "a list of days, such as [9999-12-31, 1900-01-01]"
    guard let texts = try section.texts("null_dates", expected: expected) else { return [] }
    let days = texts.compactMap { CalendarDay(iso: $0) }
    guard days.count == texts.count, (1...ColumnParser.listLimit).contains(days.count),
      Set(days).count == days.count
    else { throw section.invalid("null_dates", expected: expected) }
    return days.sorted()
  }

  private func padding(_ type: ColumnType) throws(SchemaError) -> Int? {
    let longest =
      switch type {
      case .code(let alphabets): alphabets.count
      default: 32
      }
    return try section.integer("pad", in: 2...max(longest, 2))
  }

  private func decimalMark() throws(SchemaError) -> DecimalMark {
    let expected = "\".\" or \",\""
    guard let text = try section.text("decimal", expected: expected) else { return .point }
    guard let mark = DecimalMark(rawValue: text) else {
      throw section.invalid("decimal", expected: expected)
    }
    return mark
  }

  private func expression() throws(SchemaError) -> String? {
    let expected = "an SQL expression over the record's columns"
    guard let sql = try section.text("sql", expected: expected) else { return nil }
    guard SchemaParser.sqlBytes.contains(sql.utf8.count) else {
      throw section.invalid("sql", expected: expected)
    }
    return sql
  }
}
