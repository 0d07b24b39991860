import ClaimSchema
public import EncryptedTable

/// The deletion of a table's records by a condition over clear columns. It needs no key.
public struct TableDeletion: Sendable {
  private let predicate: ClearPredicate

  /// Reads the condition, what stands after WHERE in a query.
  ///
  /// - Throws: `QueryError`, with positions in `statement(where:schema:)`.
  public init(where condition: String, schema: Schema) throws(QueryError) {
    let query = try SQLParser.parse(TableDeletion.statement(where: condition, schema: schema))
    guard let wanted = query.predicate, query.groupBy.isEmpty, query.having == nil,
      query.orderBy.isEmpty, query.limit == nil, query.offset == 0
    else {
      throw .unsupported(
        construct: "more than a condition", position: nil,
        instead: "Write what would stand after WHERE, and nothing else.")
    }
    do throws(QueryError) {
      predicate = try ClearPredicate(wanted, schema: schema)
    } catch {
      guard case .columnUse(let column, let position, _, _) = error else { throw error }
      let clear = schema.columns.filter { $0.protection == .clear }.map(\.name)
      throw .columnUse(
        column: column, position: position,
        problem: "it is not clear, and nobody can tell from a ciphertext which records to delete",
        remedy: clear.isEmpty
          ? "no column is clear: delete the whole table, and encrypt the records that stay"
          : "use clear columns: " + clear.joined(separator: ", "))
    }
  }

  /// The query whose records are deleted.
  public static func statement(where condition: String, schema: Schema) -> String {
    "SELECT count(*) FROM \(schema.table) WHERE (\(condition))"
  }

  /// Marks the records of which the condition is TRUE.
  ///
  /// - Parameter isDryRun: only count them.
  /// - Throws: `TableError`; then nothing is deleted.
  public func run(
    on table: EncryptedTable, isDryRun: Bool = false
  ) throws(TableError) -> DeletionReport {
    try table.delete(matching: predicate.columns, isDryRun: isDryRun) { cells in
      predicate.isTrue { cells[$0] }
    }
  }
}
