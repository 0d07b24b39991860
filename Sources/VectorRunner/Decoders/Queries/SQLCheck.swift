import ClaimQuery

/// Query texts. What is read is the same as its canonical text.
struct SQLCheck: DecoderCheck {
  static let name = "query.sql"
  static let refusals: [any Error.Type] = [QueryError.self]

  static let texts = [
    "SELECT count(*) FROM claims",
    "SELECT site, sum(paid) AS s, avg(paid) FROM claims WHERE sex = '1' GROUP BY site ORDER BY 2 "
      + "DESC NULLS LAST LIMIT 3",
    "SELECT extract(year FROM admitted) AS y, sum(CASE WHEN paid > 50 THEN paid ELSE 0 END) / "
      + "count(*) FROM claims WHERE admitted BETWEEN '2008-12-01' AND date '2009-01-31' GROUP BY 1",
    "SELECT sum(days * paid) FILTER (WHERE race IS NOT NULL), stddev_samp(paid) FROM claims WHERE "
      + "drg LIKE '00%' OR NOT (days IN (1, 2, 3) AND sex <> '2')",
    "SELECT date_trunc('quarter', admitted), count(DISTINCT CASE WHEN sex = '1' THEN 1 END) FROM "
      + "claims GROUP BY date_trunc('quarter', admitted) HAVING count(*) >= 20",
  ]

  func seeds() -> [[UInt8]] { Self.texts.map { Array($0.utf8) } }

  func run(_ input: [UInt8]) throws {
    let text = input.text
    let query: Query
    do throws(QueryError) {
      query = try SQLParser.parse(text)
    } catch {
      _ = error.description
      throw error
    }
    let canonical = query.canonicalText
    let again: Query
    do throws(QueryError) {
      again = try SQLParser.parse(canonical)
    } catch {
      throw DecoderDefect("its canonical text is refused: \(error)")
    }
    try DecoderDefect.unless(
      again.canonicalText == canonical, "its canonical text is read as another query")
  }
}
