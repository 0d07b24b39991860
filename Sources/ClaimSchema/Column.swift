/// One column of a schema.
public struct Column: Hashable, Sendable {
  /// The header of the column in the source file, as written there; for a calculated column its key.
  public let sourceName: String
  /// The name in SQL: lower case, an SQL identifier, unique in the schema.
  public let name: String
  /// What the cells mean.
  public let type: ColumnType
  /// How the cells are stored.
  public let protection: Protection
  /// What an encrypted or Paillier column may be used for; empty for other protections.
  public let uses: Set<ColumnUse>
  /// Whether cells may be NULL. The default, as in SQL.
  public let isNullable: Bool
  /// How its cells are read.
  public let reading: ColumnReading

  package init(
    sourceName: String, name: String, type: ColumnType, protection: Protection,
    uses: Set<ColumnUse>, isNullable: Bool, reading: ColumnReading = ColumnReading()
  ) {
    self.sourceName = sourceName
    self.name = name
    self.type = type
    self.protection = protection
    self.uses = uses
    self.isNullable = isNullable
    self.reading = reading
  }
}

/// How a column is stored, and so who can read it.
public enum Protection: String, CaseIterable, Hashable, Sendable {
  /// In clear: the server sees it.
  case clear
  /// In BFV ciphertexts.
  case encrypted
  /// In the record's packed Paillier ciphertext.
  case paillier
  /// Not at all.
  case drop
}

/// What an encrypted column may be used for.
public enum ColumnUse: String, CaseIterable, Hashable, Sendable {
  /// In WHERE and GROUP BY, through digit indicators.
  case filter
  /// In SUM and AVG, as a value in each slot.
  case sum
}

/// The meaning of a column's cells.
public enum ColumnType: Hashable, Sendable {
  /// Free text. It can only be dropped or clear.
  case text
  /// One of few values. `values` is declared for encrypted columns and may be nil for clear ones.
  case category(values: [String]?)
  /// A code of at most `alphabets.count` characters; each position has its own alphabet, to which
  /// the encoding adds a pad symbol. Characters are upper case.
  case code(alphabets: [[Character]])
  /// A calendar day in the given range.
  case date(range: ClosedRange<CalendarDay>)
  /// A whole number in the given range; `bands` are the declared cut points, ascending.
  case integer(range: ClosedRange<Int64>, bands: [Int64]?)
  /// An amount in minor units of 10^-scale; range and cut points are in minor units.
  case money(scale: Int, range: ClosedRange<Int64>, bands: [Int64]?)
}
