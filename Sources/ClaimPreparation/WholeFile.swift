import ClaimSchema

/// A claims file, and the files beside it, as tables in memory under a schema's `prepare:` query.
final class WholeFile {
  let source: String
  /// The columns of the query's rows, without the line.
  let headers: [String]
  /// The rows of the claims file that are no records.
  private(set) var malformed: [RawRow] = []
  private(set) var ignored: [String: Int] = [:]
  private let database: MemoryDatabase
  private let sql: String

  private static let place = "'prepare'"
  /// Some hours of work: a query that never ends does end.
  private static let stepLimit = 1_000_000_000_000

  init(
    _ preparation: Preparation, path: String, schema: Schema, options: ReadingOptions
  ) throws(ClaimReadError) {
    source = path
    sql = preparation.sql
    database = try MemoryDatabase(source: path)
    let records = try SourceOpening.open(
      path: path, rules: schema.reading, wanted: schema.wantedNames, options: options)
    var inputs = [(RecordTable.claims, records)]
    for name in preparation.companions {
      guard let path = options.companions[name] else {
        throw .missingCompanion(source: source, name: name)
      }
      var rules = options
      rules.format = nil
      inputs.append(
        (name, try SourceOpening.open(path: path, rules: schema.reading, options: rules)))
    }
    var tables: [RecordTable] = []
    for (name, input) in inputs {
      let table = try RecordTable(name, headers: input.headers, source: input.source)
      try database.execute(table.creation)
      tables.append(table)
    }
    database.readGuard.tables = Set(tables.map(\.name))
    headers = try WholeFile.headers(of: sql, database)
    for (table, (_, input)) in zip(tables, inputs) {
      try fill(
        table, with: input,
        columns: table.columns(database.readGuard.columns(of: table.name, readBy: sql)),
        NullTokens(schema.reading.nullTokens))
    }
    ignored = records.ignored
    database.readGuard.isOpen = false
  }

  /// The query's rows, from the first one on.
  func rows() throws(ClaimReadError) -> SQLStatement {
    database.allow(steps: WholeFile.stepLimit)
    return try database.statement(sql, place: WholeFile.place)
  }

  /// Checks the query over the empty tables, and notes which columns it reads.
  private static func headers(
    of sql: String, _ database: MemoryDatabase
  ) throws(ClaimReadError) -> [String] {
    database.readGuard.isOpen = false
    defer { database.readGuard.isOpen = true }
    database.readGuard.forgetColumns()
    let statement = try database.statement(sql, place: place)
    let names = statement.columnNames
    guard statement.isReadOnly, !names.isEmpty, statement.parameterCount == 0 else {
      throw .sqlRefused(
        source: database.source, place: place, reason: "it must be SELECT … FROM source …")
    }
    return names
  }

  private func fill(
    _ table: RecordTable, with records: any RecordSource,
    columns: [(name: String, index: Int)], _ nullTokens: NullTokens
  ) throws(ClaimReadError) {
    let lineNames = table.hasLine ? [RecordTable.lineColumn] : []
    // SQLite makes no row of no column, but rows are counted all the same.
    let columns = columns.isEmpty ? Array(table.columns.prefix(1)) : columns
    let names = (lineNames + columns.map(\.name)).map(MemoryDatabase.quoted)
    let places = names.map { _ in "?" }.joined(separator: ", ")
    let insert = try database.statement(
      "INSERT INTO \(MemoryDatabase.quoted(table.name)) (\(names.joined(separator: ", "))) "
        + "VALUES (\(places))", place: WholeFile.place)
    try database.execute("BEGIN")
    while let row = try records.next() {
      guard case .record(let record) = row else {
        try setAside(row, of: table, records)
        continue
      }
      do {
        if table.hasLine { insert.bind(record.line, at: 1) }
        for (place, column) in columns.enumerated() {
          do {
            insert.bind(
              try record.sqlCell(at: column.index, nullTokens), at: lineNames.count + place + 1)
          } catch {
            throw Unusable(column: column.name, problem: error)
          }
        }
        _ = try insert.step()
      } catch let unusable as Unusable {
        try setAside(
          .malformed(
            line: record.line, reason: .cell(header: unusable.column, unusable.problem),
            raw: record.raw), of: table, records)
      } catch {
        throw .sqlFailed(
          source: records.source, place: WholeFile.place, reason: database.reason(atRunTime: true))
      }
      insert.reset()
    }
    try database.execute("COMMIT")
  }

  /// A record with a cell that has no one value.
  private struct Unusable: Error {
    let column: String
    let problem: CellProblem
  }

  /// Rows of the claims file are rejected one by one; the files beside it must be whole.
  private func setAside(
    _ row: RawRow, of table: RecordTable, _ records: any RecordSource
  ) throws(ClaimReadError) {
    if table.name != RecordTable.claims, case .malformed(let line, let reason, _) = row {
      throw .malformedRecord(source: records.source, line: line, reason: reason)
    }
    malformed.append(row)
  }
}
