import ClaimQuery
import Testing

@Suite("SQL that is refused") struct SQLRefusalTests {
  @Test(
    "what PostgreSQL refuses too",
    arguments: [
      RefusedQuery("", "no statement"),
      RefusedQuery("-- nothing", "no statement"),
      RefusedQuery("SELECT count(*) FROM t WHERE¦", "syntax error at end of input"),
      RefusedQuery("SELECT 'é', count(*) FORM ¦t", "syntax error"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦'open", "unterminated"),
      RefusedQuery("SELECT count(*) FROM t¦\0", "NUL"),
      RefusedQuery("SELECT ¦sex, count(*) FROM t", "\"sex\" must appear in the GROUP BY"),
      RefusedQuery("SELECT ¦sex AS s, count(*) FROM t GROUP BY s", "own name", "\"s\""),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦sum(a) > 1", "not allowed in WHERE"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦1", "not allowed in GROUP BY"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY ¦3", "position 3 is not in select list"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY ¦'a'", "non-integer"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY a ORDER BY ¦0", "position 0"),
      RefusedQuery("SELECT count(*) FROM t ORDER BY ¦a", "must appear in the GROUP BY"),
      RefusedQuery("SELECT sum(a), sum(b) FROM t ORDER BY ¦sum", "ambiguous"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦u.a = 1", "table \"u\""),
      RefusedQuery("SELECT ¦sum(*) FROM t", "sum(*)"),
      RefusedQuery("SELECT ¦sum(a, b) FROM t", "one column"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦1", "condition"),
    ])
  func invalid(query: RefusedQuery) throws {
    let error = try #require(throws: QueryError.self) { try SQLParser.parse(query.text) }
    guard case .syntax = error else {
      Issue.record("not a syntax error: \(error)")
      return
    }
    #expect(error.position == query.position)
    for part in query.parts {
      #expect(error.description.contains(part))
    }
  }

  @Test(
    "statements and clauses",
    arguments: [
      RefusedQuery("¦INSERT INTO t VALUES (1)", "not SELECT"),
      RefusedQuery("SELECT count(*) FROM t; ¦SELECT count(*) FROM t", "one query at a time"),
      RefusedQuery("SELECT count(*)", "Write FROM"),
      RefusedQuery("SELECT count(*) FROM a, ¦b", "one table"),
      RefusedQuery("SELECT count(*) FROM ¦a JOIN b ON a.x = b.x", "JOIN", "before encrypting"),
      RefusedQuery("SELECT count(*) FROM (SELECT ¦1) s", "subquery"),
      RefusedQuery("SELECT count(*) FROM ¦public.t", "Write FROM t."),
      RefusedQuery("SELECT count(*) FROM ONLY ¦t", "ONLY"),
      RefusedQuery("SELECT count(*) FROM ¦t AS u(x)", "names"),
      RefusedQuery("SELECT count(*) FROM t TABLESAMPLE ¦system (1)", "TABLESAMPLE"),
      RefusedQuery("WITH ¦a AS (SELECT 1) SELECT count(*) FROM a", "WITH"),
      RefusedQuery("SELECT count(*) FROM t UNION SELECT ¦count(*) FROM t", "UNION", "one by one"),
      RefusedQuery("SELECT DISTINCT count(*) FROM t", "DISTINCT"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY a HAVING count(*) ¦> 3", "HAVING"),
      RefusedQuery("SELECT count(*) FROM t LIMIT ¦3", "LIMIT"),
      RefusedQuery("SELECT count(*) FROM t OFFSET ¦3", "OFFSET"),
      RefusedQuery("SELECT count(*) FROM t WINDOW w AS ¦()", "WINDOW"),
      RefusedQuery("SELECT count(*) FROM t FOR UPDATE", "FOR UPDATE"),
      RefusedQuery("SELECT count(*) INTO ¦u FROM t", "INTO"),
      RefusedQuery("VALUES (¦1)", "VALUES"),
      RefusedQuery("¦TABLE t", "Records are never released"),
      RefusedQuery("SELECT ¦* FROM t", "Records are never released"),
      RefusedQuery("SELECT ¦sex FROM t GROUP BY sex", "without an aggregate"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY a, b, ¦c", "two columns"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦rollup(a)", "ROLLUP"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY DISTINCT a", "DISTINCT"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY a ¦+ 1", "GROUP BY an expression"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY a ORDER BY ¦sum(b)", "Add the same"),
      RefusedQuery("SELECT count(*) FROM t ORDER BY ¦1 USING <", "ASC or DESC"),
    ])
  func clauses(query: RefusedQuery) throws { try expectUnsupported(query) }

  @Test(
    "expressions in SELECT",
    arguments: [
      RefusedQuery("SELECT sum(a ¦+ b) FROM t", "Sum each column and add", "sum(a), sum(b)"),
      RefusedQuery("SELECT avg(a ¦- b) FROM t", "combine", "avg(a), avg(b)"),
      RefusedQuery("SELECT sum(a ¦* b) FROM t", "column of its own"),
      RefusedQuery("SELECT sum(¦1) FROM t", "count(*)"),
      RefusedQuery("SELECT count(¦1) FROM t", "count(*)"),
      RefusedQuery("SELECT ¦count(DISTINCT a) FROM t", "DISTINCT"),
      RefusedQuery("SELECT count(*) FILTER (WHERE a ¦> 1) FROM t", "FILTER", "WHERE"),
      RefusedQuery("SELECT ¦count(*) OVER () FROM t", "window"),
      RefusedQuery("SELECT ¦sum(a ORDER BY b) FROM t", "sum(column)"),
      RefusedQuery("SELECT sum(a) ¦/ count(*) FROM t", "Write avg(a)"),
      RefusedQuery("SELECT CAST(sum(a) AS float) ¦/ count(*) FROM t", "Write avg(a)"),
      RefusedQuery("SELECT sum(a) ¦* 2 FROM t", "released values"),
      RefusedQuery("SELECT sum(a)¦::int FROM t", "a cast"),
      RefusedQuery("SELECT ¦round(avg(a), 2) FROM t", "released value"),
      RefusedQuery("SELECT ¦min(a) FROM t", "single records"),
      RefusedQuery("SELECT ¦stddev(a) FROM t", "sum, count or avg"),
      RefusedQuery("SELECT ¦pg_catalog.sum(a) FROM t", "Write sum"),
      RefusedQuery("SELECT sum(¦CASE WHEN a > 1 THEN b END) FROM t", "CASE", "WHERE"),
      RefusedQuery("SELECT sum(¦coalesce(a, 0)) FROM t", "COALESCE"),
      RefusedQuery("SELECT ¦'x', count(*) FROM t", "constant"),
      RefusedQuery("SELECT ¦(SELECT 1), count(*) FROM t", "subquery"),
      RefusedQuery("SELECT ¦extract(year FROM d), count(*) FROM t GROUP BY 1", "d BETWEEN"),
    ])
  func expressions(query: RefusedQuery) throws { try expectUnsupported(query) }

  @Test(
    "conditions",
    arguments: [
      RefusedQuery(
        "SELECT count(*) FROM t WHERE ¦extract(year FROM d) = 2009",
        "d BETWEEN '2009-01-01' AND '2009-12-31'"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦date_trunc('year', d) = '2009'", "d BETWEEN"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦lower(x) = 'a'", "lower", "LIKE"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦= b", "two columns"),
      RefusedQuery("SELECT count(*) FROM t WHERE 1 ¦= 1", "TRUE or FALSE"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦+ 1 = 2", "arithmetic"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = 1 ¦+ 1", "arithmetic"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦a", "a = '1'"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦$1", "parameter"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦B'1'", "bit string"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦-(3)", "such as -3"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦- /* 7 */ 3", "such as -3"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = '1'¦::int", "cast"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦BETWEEN SYMMETRIC 1 AND 2", "smaller"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦1 BETWEEN a AND b", "BETWEEN after a constant"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦1 IN (a, b)", "IN after a constant"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦ILIKE 'x%'", "a LIKE 'prefix%'"),
      RefusedQuery("SELECT count(*) FROM t WHERE a LIKE ¦'x%y%'", "prefix"),
      RefusedQuery("SELECT count(*) FROM t WHERE a LIKE ¦'%x'", "prefix"),
      RefusedQuery("SELECT count(*) FROM t WHERE a NOT LIKE ¦'x_'", "prefix"),
      RefusedQuery("SELECT count(*) FROM t WHERE a LIKE ¦'x\\%'", "escape"),
      RefusedQuery("SELECT count(*) FROM t WHERE a LIKE ¦3", "quoted pattern"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦LIKE 'x!%' ESCAPE '!'", "ESCAPE"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦~ 'x'", "LIKE"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦SIMILAR TO 'x'", "LIKE"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦= ANY (ARRAY[1])", "IN"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦IS DISTINCT FROM 3", "a IS NULL"),
      RefusedQuery("SELECT count(*) FROM t WHERE (a = 1) ¦IS TRUE", "IS TRUE"),
      RefusedQuery("SELECT count(*) FROM t WHERE lower(a) ¦IS NULL", "column IS NULL"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦IN (SELECT 1)", "subquery"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦EXISTS (SELECT 1)", "subquery"),
      RefusedQuery("SELECT count(*) FROM t WHERE d < ¦current_date", "constant"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦a.b.c = 1", "two parts"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦(a, b) = (1, 2)", "plain columns"),
    ])
  func conditions(query: RefusedQuery) throws { try expectUnsupported(query) }

  private func expectUnsupported(_ query: RefusedQuery) throws {
    let error = try #require(throws: QueryError.self) { try SQLParser.parse(query.text) }
    guard case .unsupported = error else {
      Issue.record("not refused as unsupported: \(error)")
      return
    }
    #expect(error.position == query.position, "\(error)")
    for part in query.parts {
      #expect(error.description.contains(part), "\(error)")
    }
  }
}
