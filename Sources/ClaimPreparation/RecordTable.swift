import ClaimSchema

/// A source's columns as columns of an SQL table: those whose names SQL can tell apart.
struct RecordTable {
  let name: String
  /// The columns' names, and their places in a record of the source.
  let columns: [(name: String, index: Int)]

  /// Whether a column holds the line on which a record starts: only the claims file has it, so that
  /// joins can name it.
  let hasLine: Bool

  /// The name of the claims file's table.
  static let claims = "source"

  /// That column.
  static let lineColumn = "_line"

  init(_ name: String, headers: [String], source: String) throws(ClaimReadError) {
    self.name = name
    hasLine = name == RecordTable.claims
    // SQLite compares the letters A to Z of names without their case.
    var places: [[UInt8]: Int] = [:]
    for header in headers { places[RecordTable.folded(header), default: 0] += 1 }
    columns = headers.enumerated().compactMap { index, header in
      let isTaken = header.isEmpty || header.lowercased() == RecordTable.lineColumn
      return isTaken || places[RecordTable.folded(header)] != 1
        ? nil : (header, index)
    }
    guard columns.count < MemoryDatabase.columnLimit else {
      throw .tooManyColumns(
        source: source, count: columns.count, limit: MemoryDatabase.columnLimit - 1)
    }
  }

  /// The statement that makes the table.
  var creation: String {
    let names = (hasLine ? [RecordTable.lineColumn] : []) + columns.map(\.name)
    return "CREATE TABLE \(MemoryDatabase.quoted(name)) "
      + "(\(names.map(MemoryDatabase.quoted).joined(separator: ", ")))"
  }

  /// The columns that a query reads; nil for all.
  func columns(_ read: Set<String>?) -> [(name: String, index: Int)] {
    columns.filter { read?.contains($0.name) ?? true }
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }
}

extension RawRecord {
  /// A cell as SQL sees it: text without the white space around it, composed; nil for NULL.
  func sqlCell(
    at index: Int, _ nullTokens: NullTokens
  ) throws(CellProblem) -> ArraySlice<UInt8>? {
    guard let cell = try cell(at: index) else { return nil }
    let text = CellText.trimmed(cell)
    if nullTokens.contains(text) { return nil }
    return text.allSatisfy { $0 < 0x80 } ? text : Array(CellText.composed(text).utf8)[...]
  }
}
