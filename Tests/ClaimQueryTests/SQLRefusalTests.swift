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
      RefusedQuery("SELECT count(*) FROM t WHERE ¦sum(a) > 1", "not allowed in WHERE"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦1", "not allowed in GROUP BY"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY ¦3", "position 3 is not in select list"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY ¦'a'", "non-integer"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY a ORDER BY ¦0", "position 0"),
      RefusedQuery("SELECT count(*) FROM t ORDER BY ¦a", "must appear in the GROUP BY"),
      RefusedQuery("SELECT sum(a), sum(b) FROM t ORDER BY ¦sum", "ambiguous"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦u.a = 1", "table \"u\""),
      RefusedQuery("SELECT ¦sum(*) FROM t", "sum(*)"),
      RefusedQuery("SELECT ¦sum(a, b) FROM t", "one argument"),
      RefusedQuery("SELECT ¦sum() FROM t", "one argument"),
      RefusedQuery("SELECT ¦corr(a) FROM t", "two arguments"),
      RefusedQuery("SELECT sum(¦'x') FROM t", "takes numbers"),
      RefusedQuery("SELECT sum(CASE WHEN a = 1 THEN ¦'x' END) FROM t", "takes numbers"),
      RefusedQuery("SELECT count(a + ¦'x') FROM t", "takes numbers"),
      RefusedQuery("SELECT sum(¦sum(a)) FROM t", "cannot be nested"),
      RefusedQuery("SELECT sum(CASE WHEN ¦count(*) > 1 THEN 1 END) FROM t", "cannot be nested"),
      RefusedQuery("SELECT sum(a) FILTER (WHERE ¦sum(b) > 3) FROM t", "not allowed in FILTER"),
      RefusedQuery("SELECT count(*) FILTER (WHERE ¦1) FROM t", "argument of FILTER"),
      RefusedQuery("SELECT ¦round(1, 2, 3), count(*) FROM t", "1 or 2 arguments"),
      RefusedQuery("SELECT ¦sqrt(), count(*) FROM t", "1 argument"),
      RefusedQuery("SELECT ¦power(2), count(*) FROM t", "2 arguments"),
      RefusedQuery("SELECT a, count(*) FROM t GROUP BY a HAVING ¦count(*)", "argument of HAVING"),
      RefusedQuery("SELECT count(*) FROM t HAVING ¦x = 1", "must appear in the GROUP BY"),
      RefusedQuery("SELECT count(*) n FROM t HAVING ¦n > 3", "name of an output column"),
      RefusedQuery("SELECT a, count(*) n FROM t GROUP BY a ORDER BY -¦n", "name of an output"),
      RefusedQuery("SELECT extract(year FROM ¦d), count(*) FROM t", "must appear in the GROUP"),
      RefusedQuery("SELECT count(*) + ¦'x' FROM t", "a number is needed"),
      RefusedQuery("SELECT -(count(*) ¦> 1) FROM t", "a number is needed"),
      RefusedQuery("SELECT count(*) ¦> 'x' FROM t", "number > text"),
      RefusedQuery("SELECT count(*) FROM t HAVING NOT ¦count(*)", "argument of NOT"),
      RefusedQuery("SELECT CASE WHEN ¦count(*) THEN 1 END FROM t", "argument of CASE/WHEN"),
      RefusedQuery("SELECT CASE WHEN TRUE THEN 1 ELSE ¦'x' END, count(*) FROM t", "CASE types"),
      RefusedQuery("SELECT coalesce(sum(a), ¦'none') FROM t", "COALESCE types"),
      RefusedQuery(
        "SELECT CASE WHEN a = 1 THEN 'x' ELSE ¦5 END, count(*) FROM t GROUP BY 1", "text"),
      RefusedQuery("SELECT count(*) FROM t LIMIT ¦count(*)", "not allowed in LIMIT"),
      RefusedQuery("SELECT count(*) FROM t LIMIT ¦-1", "must not be negative"),
      RefusedQuery("SELECT count(*) FROM t OFFSET ¦'a'", "whole number of rows"),
      RefusedQuery("SELECT count(*) FROM t LIMIT ¦2.5", "whole number of rows"),
      RefusedQuery("SELECT a AS x, b AS x, count(*) FROM t GROUP BY ¦x", "ambiguous"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ANY (¦'{1,{2}}')", "malformed array"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = 'x'¦::int", "not a number"),
      RefusedQuery("SELECT count(*) FROM t WHERE d = DATE '2009-01-01' ¦+ 1.5", "whole number"),
      RefusedQuery("SELECT count(*) FROM t WHERE extract(year FROM d) = ¦'x'", "is a number"),
      RefusedQuery("SELECT count(*) FROM t WHERE date_trunc('month', d) = ¦3", "gives a date"),
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
      RefusedQuery("SELECT count(*) FROM (SELECT ¦1) s", "subquery", "HAVING", "prepare"),
      RefusedQuery("SELECT ¦(SELECT count(*) FROM t)", "subquery", "divide"),
      RefusedQuery("SELECT count(*) FROM ¦public.t", "Write FROM t."),
      RefusedQuery("SELECT count(*) FROM ONLY ¦t", "ONLY"),
      RefusedQuery("SELECT count(*) FROM ¦t AS u(x)", "names"),
      RefusedQuery("SELECT count(*) FROM t TABLESAMPLE ¦system (1)", "TABLESAMPLE"),
      RefusedQuery("WITH ¦a AS (SELECT 1) SELECT count(*) FROM a", "WITH", "one SELECT"),
      RefusedQuery(
        "SELECT a, count(*) FROM t GROUP BY a ORDER BY a FETCH FIRST ¦3 ROWS WITH TIES", "ROWS ONLY"
      ),
      RefusedQuery("SELECT count(*) FROM t UNION SELECT ¦count(*) FROM t", "UNION", "one by one"),
      RefusedQuery("SELECT DISTINCT count(*) FROM t", "DISTINCT"),
      RefusedQuery("SELECT count(*) FROM t WINDOW w AS ¦()", "WINDOW"),
      RefusedQuery("SELECT count(*) FROM t FOR UPDATE", "FOR UPDATE"),
      RefusedQuery("SELECT count(*) INTO ¦u FROM t", "INTO"),
      RefusedQuery("VALUES (¦1)", "VALUES"),
      RefusedQuery("¦TABLE t", "Records are never released"),
      RefusedQuery("SELECT ¦* FROM t", "Records are never released"),
      RefusedQuery("SELECT ¦sex FROM t GROUP BY sex", "without an aggregate"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY a, b, c, ¦d", "more than 3"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦rollup(a)", "ROLLUP"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY DISTINCT a", "DISTINCT"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦()", "GROUPING SETS"),
      RefusedQuery(
        "SELECT count(*) FROM t GROUP BY age ¦/ 10", "calculated value", "WHEN age < 10"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY age ¦> 10", "THEN 'yes'"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦coalesce(a, 'x')", "Group by a"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦lower(a)", "lower", "prepare"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦extract(dow FROM d)", "year, quarter, month"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY ¦date_trunc('week', d)", "'quarter'"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY CASE WHEN a = 1 THEN ¦b END", "not a constant"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY CASE WHEN a = 1 THEN ¦TRUE END", "'yes'"),
      RefusedQuery("SELECT count(*) FROM t GROUP BY CASE ¦lower(a) WHEN 'x' THEN 1 END", "CASE of"),
      RefusedQuery("SELECT count(*) FROM t ORDER BY ¦1 USING <", "ASC or DESC"),
    ])
  func clauses(query: RefusedQuery) throws { try expectUnsupported(query) }

  @Test(
    "expressions in SELECT",
    arguments: [
      RefusedQuery("SELECT sum(a ¦/ b) FROM t", "sum(a) / sum(b)"),
      RefusedQuery("SELECT avg(a ¦/ 12) FROM t", "avg(a) / 12"),
      RefusedQuery("SELECT sum(a ¦% 2) FROM t", "before encrypting"),
      RefusedQuery("SELECT sum(a ¦^ 2) FROM t", "a * a"),
      RefusedQuery("SELECT sum(¦abs(a)) FROM t", "CASE WHEN a < 0 THEN -a ELSE a END"),
      RefusedQuery("SELECT sum(¦round(a, 2)) FROM t", "Apply it to the aggregate"),
      RefusedQuery("SELECT sum(¦greatest(a, 0)) FROM t", "CASE WHEN a > 0"),
      RefusedQuery("SELECT sum(¦extract(year FROM d)) FROM t", "CASE WHEN extract"),
      RefusedQuery("SELECT sum(a¦::numeric(10, 2)) FROM t", "round or cast the aggregate"),
      RefusedQuery("SELECT sum((a + 0.5)¦::int) FROM t", "round the aggregate"),
      RefusedQuery("SELECT sum(a ¦> 1) FROM t", "::int", "FILTER"),
      RefusedQuery("SELECT sum(CASE WHEN ¦a THEN 1 END) FROM t", "a = '1'"),
      RefusedQuery("SELECT sum(coalesce(a ¦+ b, 0)) FROM t", "each column"),
      RefusedQuery("SELECT sum(¦nullif(a + b, 0)) FROM t", "nullif(column, constant)"),
      RefusedQuery("SELECT ¦sum(DISTINCT a) FROM t", "count(DISTINCT column)"),
      RefusedQuery("SELECT count(DISTINCT a ¦+ 1) FROM t", "count(DISTINCT column)"),
      RefusedQuery("SELECT count(DISTINCT ¦CASE WHEN a = 1 THEN b ELSE c END) FROM t", "FILTER"),
      RefusedQuery("SELECT ¦count(*) OVER () FROM t", "window"),
      RefusedQuery("SELECT ¦row_number() OVER (), count(*) FROM t", "window"),
      RefusedQuery("SELECT ¦sum(a ORDER BY b) FROM t", "sum(column)"),
      RefusedQuery("SELECT ¦min(a) FROM t", "single records"),
      RefusedQuery("SELECT ¦median(a) FROM t", "each band"),
      RefusedQuery("SELECT ¦array_agg(a) FROM t", "Records are never released"),
      RefusedQuery("SELECT ¦bool_or(a) FROM t", "FILTER"),
      RefusedQuery("SELECT ¦covar_samp(a, b) FROM t", "covar_pop"),
      RefusedQuery("SELECT ¦pg_catalog.sum(a) FROM t", "Write sum"),
      RefusedQuery("SELECT ¦'x' FROM t", "without an aggregate"),
      RefusedQuery("SELECT ¦(SELECT 1), count(*) FROM t", "subquery"),
      RefusedQuery("SELECT ¦extract(year FROM d), count(*) FROM t GROUP BY d", "same expression"),
      RefusedQuery("SELECT ¦upper(a), count(*) FROM t GROUP BY a", "upper", "released answer"),
      RefusedQuery("SELECT ¦log(sum(a)) FROM t", "ln(x) / ln(10)"),
      RefusedQuery("SELECT ¦sigmoid(sum(a)) FROM t", "aggregates sum, count", "coalesce"),
      RefusedQuery("SELECT sum(a) ¦|| 'x' FROM t", "joining texts"),
      RefusedQuery("SELECT sum(a)¦::date FROM t", "numeric"),
      RefusedQuery("SELECT a ¦LIKE 'x%', count(*) FROM t GROUP BY a", "WHERE"),
      RefusedQuery("SELECT count(*), ¦current_date FROM t", "constant"),
    ])
  func expressions(query: RefusedQuery) throws { try expectUnsupported(query) }

  @Test(
    "conditions",
    arguments: [
      RefusedQuery("SELECT count(*) FROM t WHERE ¦lower(x) = 'a'", "lower", "LIKE"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦= b", "two columns"),
      RefusedQuery("SELECT count(*) FROM t WHERE 1 ¦= 1", "TRUE or FALSE"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦+ 1 = 2", "arithmetic"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦a", "a = '1'"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦$1", "parameter"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦B'1'", "bit string"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = ¦- /* 7 */ 3", "such as -3"),
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
      RefusedQuery("SELECT count(*) FROM t WHERE a LIKE ¦'%,428%'", "flag column"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦> ALL (ARRAY[1])", "IN"),
      RefusedQuery("SELECT count(*) FROM t WHERE (a = 1) ¦= TRUE", "condition alone"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦extract(dow FROM d) = 1", "year, quarter"),
      RefusedQuery("SELECT count(*) FROM t WHERE date_trunc('month', d) = ¦'2009-02-30'", "exists"),
      RefusedQuery("SELECT count(*) FROM t WHERE ¦date_trunc('hour', d) = '2009-01-01'", "'day'"),
      RefusedQuery("SELECT count(*) FROM t WHERE extract(year FROM d ¦+ 1) = 2009", "date column"),
      RefusedQuery("SELECT count(*) FROM t WHERE d¦::date = '2009-01-01'", "a cast"),
      RefusedQuery("SELECT count(*) FROM t WHERE d > ¦INTERVAL '1 month'", "Add it to a date"),
      RefusedQuery(
        "SELECT count(*) FROM t WHERE d > DATE '2009-01-01' + ¦INTERVAL '1 hour'", "whole"),
      RefusedQuery("SELECT count(*) FROM t WHERE d > DATE '9999-12-31' ¦+ 1", "years 1 to 9999"),
      RefusedQuery("SELECT count(*) FROM t WHERE d > '2009-01-01' ¦+ 1", "result itself"),
      RefusedQuery("SELECT count(*) FROM t WHERE a > 1 ¦/ 2", "arithmetic"),
      RefusedQuery("SELECT count(*) FROM t WHERE a = 2.5¦::int", "whole number"),
      RefusedQuery("SELECT count(*) FROM t WHERE a ¦SIMILAR TO 'x'", "LIKE"),
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
