import ClaimQuery
import ClaimSchema
import Testing

/// The conditions by which records may be deleted.
@Suite struct TableDeletionTests {
  private static let schema = Result {
    try Schema.parse(
      yaml: """
        table: claims
        capacity: 100
        columns:
          SITE: { type: category, protect: clear }
          YEAR: { type: integer, range: [2000, 2020], protect: clear }
          SEX: { type: category, values: [f, m], protect: encrypted }
          COPAY: { type: money, scale: 2, range: [0, 9.99], protect: paillier }
        """, source: "s.yaml")
  }

  private func refusal(_ condition: String) throws -> QueryError {
    let schema = try TableDeletionTests.schema.get()
    return try #require(throws: QueryError.self) {
      try TableDeletion(where: condition, schema: schema)
    }
  }

  @Test(arguments: [
    "site = 'A'", "year BETWEEN 2001 AND 2003 AND site IN ('A', 'B') OR site IS NULL",
    "NOT (site LIKE 'A%')", "TRUE",
  ])
  func clearConditionsAreRead(condition: String) throws {
    _ = try TableDeletion(where: condition, schema: TableDeletionTests.schema.get())
  }

  @Test(arguments: ["sex = 'f'", "site = 'A' AND sex = 'f'", "copay > 1"])
  func whatIsNotClearIsRefused(condition: String) throws {
    let schema = try TableDeletionTests.schema.get()
    let error = try refusal(condition)
    let text = error.description
    #expect(text.contains("nobody can tell from a ciphertext"), "\(text)")
    #expect(text.contains("Use clear columns: site, year"), "\(text)")
    // The position is that of the column in the statement.
    let statement = TableDeletion.statement(where: condition, schema: schema)
    let position = try #require(error.position)
    let rest = statement.dropFirst(position)
    #expect(rest.hasPrefix("sex") || rest.hasPrefix("copay"))
  }

  @Test(arguments: [
    "", "site = ", "site = 'A') GROUP BY (site", "site = 'A' GROUP BY site", "nothing = 1",
    "year = 'x'", "site = 'A'); DELETE FROM claims WHERE (TRUE", "site = 'A' -- ", "count(*) > 1",
  ])
  func anythingElseIsRefused(condition: String) throws { _ = try refusal(condition) }
}
