import Testing
import _TestSupport

@Suite(.enabled(if: PostgresServer.installation != nil)) struct PostgresServerTests {
  @Test func answersAreTakenApart() throws {
    let server = try PostgresServer(programs: #require(PostgresServer.installation))
    let answers = try server.answers(to: [
      "CREATE TABLE t (a bigint, b text)",
      "INSERT INTO t VALUES (1, ''), (NULL, E'two\\nlines | \\''), (3, NULL)",
      "SELECT * FROM t ORDER BY a",
      "SELECT * FROM t WHERE a > 5",
      "SELECT ''",
      "SELECT 1 / 0",
      "SELECT NULL, true",
      "SELECT count(*),\n  sum(a) / 3.0 FROM t",
    ])
    #expect(
      answers == [
        .rows([]), .rows([]),
        .rows([["1", ""], ["3", nil], [nil, "two\nlines | '"]]),
        .rows([]), .rows([[""]]),
        .refused(state: "22012", message: "division by zero"),
        .rows([[nil, "t"]]),
        .rows([["3", "1.3333333333333333"]]),
      ])
    #expect(try server.answers(to: ["SELECT sum(a) FROM t"]) == [.rows([["4"]])])
  }
}
