import Cryptally

/// A query as it was typed. Errors show the place in it.
struct QueryText {
  private let sql: String

  init(_ sql: String) { self.sql = sql }

  /// - Throws: `CommandFailure`.
  var query: Query {
    get throws {
      do {
        return try SQLParser.parse(sql)
      } catch {
        throw failure(error)
      }
    }
  }

  /// The plan over a schema.
  func plan(_ schema: Schema) throws -> Plan {
    do {
      return try Planner(schema: schema).plan(try SQLParser.parse(sql))
    } catch {
      throw failure(error)
    }
  }

  /// The error with the line of the query that it is about.
  func failure(_ error: QueryError) -> CommandFailure {
    CommandFailure(CommandFailure(error).status, error.report(in: sql))
  }
}
