import ClaimSchema

/// Adds a schema's `sql:` columns to the records of a source, one record at a time.
final class ComputedColumns: RecordSource {
  var source: String { records.source }
  var headers: [String] { records.headers }
  let computedHeaders: [String]
  var isPrepared: Bool { records.isPrepared }
  var rejects: RejectsFormat { records.rejects }
  var ignored: [String: Int] { records.ignored }
  private let records: any RecordSource
  private let database: MemoryDatabase
  private let expressions: [Expression]
  private let nullTokens: NullTokens

  /// A statement that calculates one column, and the cells that it is given.
  private struct Expression {
    let statement: SQLStatement
    let cells: [Int]
  }

  /// More than any expression over one record needs.
  private static let stepLimit = 10_000_000

  init(_ records: any RecordSource, schema: Schema) throws(ClaimReadError) {
    self.records = records
    database = try MemoryDatabase(source: records.source)
    nullTokens = NullTokens(schema.reading.nullTokens)
    let table = try RecordTable("record", headers: records.headers, source: records.source)
    try database.execute(table.creation)
    database.readGuard.tables = ["record"]
    database.readGuard.isOpen = false
    var headers: [String] = []
    var expressions: [Expression] = []
    for column in schema.columns {
      guard let sql = column.reading.expression else { continue }
      headers.append(column.sourceName)
      expressions.append(
        try ComputedColumns.expression(sql, column.sourceName, table, database))
    }
    computedHeaders = headers
    self.expressions = expressions
  }

  /// Prepares an expression twice: over a table, to learn which columns it reads, then over the
  /// cells themselves.
  private static func expression(
    _ sql: String, _ header: String, _ table: RecordTable, _ database: MemoryDatabase
  ) throws(ClaimReadError) -> Expression {
    let place = "column '\(header)'"
    let form = "an expression, such as CAST(\"AGE\" AS INTEGER)"
    database.readGuard.forgetColumns()
    // The line end closes a comment that would hide the parenthesis.
    let trial = try database.statement("SELECT (\(sql)\n) FROM record", place: place)
    guard trial.columnNames.count == 1, trial.parameterCount == 0 else {
      throw .sqlRefused(source: database.source, place: place, reason: "it must be \(form)")
    }
    let columns = table.columns(database.readGuard.columns(of: table.name, readBy: sql))
    let cells = columns.enumerated().map { place, column in
      "?\(place + 1) AS \(MemoryDatabase.quoted(column.name))"
    }
    let from = cells.isEmpty ? "" : " FROM (SELECT \(cells.joined(separator: ", "))) AS record"
    let statement = try database.statement("SELECT (\(sql)\n)\(from)", place: place)
    return Expression(statement: statement, cells: columns.map(\.index))
  }

  func next() throws(ClaimReadError) -> RawRow? {
    let row = try records.next()
    guard case .record(var record)? = row else { return row }
    record.computed = expressions.map { [record] in cell($0, of: record) }
    return .record(record)
  }

  private func cell(
    _ expression: Expression, of record: RawRecord
  ) -> Result<[UInt8]?, CellProblem> {
    let statement = expression.statement
    database.allow(steps: ComputedColumns.stepLimit)
    defer { statement.reset() }
    do {
      for (place, index) in expression.cells.enumerated() {
        statement.bind(try record.sqlCell(at: index, nullTokens), at: place + 1)
      }
      return .success(try statement.step() ? try statement.text(at: 0) : nil)
    } catch let problem as CellProblem {
      return .failure(problem)
    } catch let failure as SQLFailure {
      return .failure(.notComputed(reason: failure.reason))
    } catch {
      return .failure(.notComputed(reason: "an unforeseen error"))
    }
  }
}
