import ClaimSchema
import GRDB

/// Answers the same SQL on plaintext records, in SQLite: the truth that encrypted answers are
/// compared with in the demonstration and in the tests.
package final class PlaintextOracle {
  /// One value of a row.
  package enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
  }

  private let database: DatabaseQueue

  /// Takes records in memory. Categories and codes are text, dates ISO 8601 text, amounts reals in
  /// major units: sums of them are exact after rounding to the scale up to 2^50 minor units.
  package init(schema: Schema, records: [ClaimRecord]) throws {
    let columns = schema.columns.filter { $0.protection != .drop }
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // PostgreSQL's LIKE minds case.
      try database.execute(sql: "PRAGMA case_sensitive_like = ON")
    }
    database = try DatabaseQueue(configuration: configuration)
    try database.write { database in
      let names = columns.map { "\"\($0.name)\" \($0.type.affinity)" }.joined(separator: ", ")
      try database.execute(sql: "CREATE TABLE \"\(schema.table)\" (\(names))")
      let places = columns.map { _ in "?" }.joined(separator: ", ")
      let insert = try database.makeStatement(
        sql: "INSERT INTO \"\(schema.table)\" VALUES (\(places))")
      for record in records {
        let values = zip(columns, record.cells).map { column, cell in
          column.databaseValue(of: cell)
        }
        try insert.execute(arguments: StatementArguments(values))
      }
    }
  }

  /// The rows of a query; PostgreSQL's spelling must be SQLite's as well.
  package func rows(_ sql: String) throws -> [[Value]] {
    try database.read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .null, .blob: .null
          case .int64(let integer): .integer(integer)
          case .double(let real): .real(real)
          case .string(let text): .text(text)
          }
        }
      }
    }
  }
}

extension ColumnType {
  fileprivate var affinity: String {
    switch self {
    case .text, .category, .code, .date: "TEXT"
    case .integer: "INTEGER"
    case .money: "REAL"
    }
  }
}

extension ClaimSchema.Column {
  fileprivate func databaseValue(of cell: CellValue) -> (any DatabaseValueConvertible)? {
    switch (type, cell) {
    case (_, .null): nil
    case (.category(let values?), .category(let index)): values[index]
    case (_, .category(let index)): String(index)
    case (_, .code(let code)): code
    case (_, .date(let day)): day.description
    case (.money(let scale, _, _), .number(let number)):
      Double(number) / (0..<scale).reduce(1.0) { power, _ in power * 10 }
    case (_, .number(let number)): number
    case (.integer, .text(let text)): Int64(text)
    case (.money, .text(let text)): Double(text)
    case (_, .text(let text)): text
    }
  }
}
