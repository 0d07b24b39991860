/// How the claims files of a table are read. It decides nothing about how the table is encrypted, so
/// hospitals under one key may differ in it.
public struct ReadingRules: Hashable, Sendable {
  /// The texts that mean NULL.
  public let nullTokens: [String]
  /// What stands between the fields of delimited text; nil to find it in the header.
  public let delimiter: Delimiter?
  /// Columns of FHIR claim lines that differ from those of the mapping that comes with the package,
  /// or add to them.
  public let fhirColumns: [FHIRColumn]
  /// What happens to the whole file before its columns are read; nil for nothing.
  public let preparation: Preparation?

  /// The rules of a schema that says nothing about reading.
  public static let standard = ReadingRules()

  package init(
    nullTokens: [String] = NullTokens.standard, delimiter: Delimiter? = nil,
    fhirColumns: [FHIRColumn] = [], preparation: Preparation? = nil
  ) {
    self.nullTokens = nullTokens
    self.delimiter = delimiter
    self.fhirColumns = fhirColumns
    self.preparation = preparation
  }
}

/// A query over a whole claims file, whose rows take the place of the file's records.
public struct Preparation: Hashable, Sendable {
  /// The query: SQLite's SELECT over the table `source` and the companions.
  public let sql: String
  /// The names of the further tables that it reads, each from a file of its own.
  public let companions: [String]

  package init(sql: String, companions: [String]) {
    self.sql = sql
    self.companions = companions
  }
}

/// How the cells of one column are read.
public struct ColumnReading: Hashable, Sendable {
  /// The patterns of a date column, tried in order; empty for other columns.
  public let dateFormats: [String]
  /// Days that stand for NULL.
  public let nullDates: [CalendarDay]
  /// The width to which codes and categories of digits alone are filled with zeros; nil to leave
  /// them.
  public let padding: Int?
  /// How amounts are written.
  public let decimalMark: DecimalMark
  /// The SQL expression over the raw record that gives the column's cells; nil for a column of the
  /// file.
  public let expression: String?

  package init(
    dateFormats: [String] = [], nullDates: [CalendarDay] = [], padding: Int? = nil,
    decimalMark: DecimalMark = .point, expression: String? = nil
  ) {
    self.dateFormats = dateFormats
    self.nullDates = nullDates
    self.padding = padding
    self.decimalMark = decimalMark
    self.expression = expression
  }
}
