/// Queries over the whole dialect.
extension RandomClaims {
  mutating func wholeQuery() -> GeneratedQuery {
    var keys: [TwoDialects] = []
    var groups = 1
    for _ in 0..<[0, 0, 1, 1, 2, 2, 3][next(7)] {
      let (key, count) = groupKey()
      if !keys.contains(key), groups * count <= 120 {
        keys.append(key)
        groups *= count
      }
    }
    var isPortable = true
    var items: [TwoDialects] = []
    for _ in 0...next(3) {
      let (item, portable) = item()
      items.append(item)
      isPortable = isPortable && portable
    }
    let depth = next(2)
    var sql = "SELECT " + (keys + items).joined(", ") + " FROM claims"
    if next(4) > 0 { sql = sql + " WHERE " + condition(depth) }
    if !keys.isEmpty { sql = sql + " GROUP BY " + keys.joined(", ") }
    if !keys.isEmpty, next(4) == 0 { sql = sql + " HAVING " + having() }
    let isOrdered = !keys.isEmpty && next(3) == 0
    if isOrdered {
      let order = (0..<keys.count).map { TwoDialects("\($0 + 1) NULLS LAST") }
      let first = next(2) == 0 ? [TwoDialects("count(*) DESC")] : []
      sql = sql + " ORDER BY " + (first + order).joined(", ")
      if next(2) == 0 { sql = sql + " LIMIT \(1 + next(5))" }
    }
    return GeneratedQuery(
      sql: sql, isPortable: isPortable, keyCount: keys.count, isOrdered: isOrdered)
  }

  /// A grouping expression and how many keys it has at most.
  private mutating func groupKey() -> (TwoDialects, Int) {
    switch next(10) {
    case 0: return (TwoDialects("site"), 4)
    case 1: return (TwoDialects("year"), 5)
    case 2: return (TwoDialects("sex"), 3)
    case 3: return (TwoDialects("race"), 4)
    case 4: return (part("year"), 3)
    case 5: return (part("quarter"), 5)
    case 6:
      return (
        TwoDialects("date_trunc('month', admitted)::date", "date(admitted, 'start of month')"), 19
      )
    case 7:
      return (
        TwoDialects("CASE WHEN age < 18 THEN 'child' WHEN age < 65 THEN 'adult' ELSE 'old' END"), 3
      )
    case 8:
      return (
        TwoDialects("CASE WHEN site = 'S1' THEN 'one' WHEN paid >= 5000 THEN 'dear' END"), 3
      )
    default:
      return (TwoDialects("CASE sex WHEN '1' THEN 1 WHEN '2' THEN 2 END"), 3)
    }
  }

  private func part(_ part: String) -> TwoDialects {
    let lite =
      switch part {
      case "year": "CAST(strftime('%Y', admitted) AS INTEGER)"
      case "month": "CAST(strftime('%m', admitted) AS INTEGER)"
      case "quarter": "(CAST(strftime('%m', admitted) AS INTEGER) + 2) / 3"
      default: "CAST(strftime('%d', admitted) AS INTEGER)"
      }
    return TwoDialects("extract(\(part) FROM admitted)", lite)
  }

  /// An output column, and whether SQLite can say it.
  private mutating func item() -> (TwoDialects, Bool) {
    switch next(14) {
    case 0...5: return (aggregate(), true)
    case 6: return (aggregate() + " + " + aggregate(), true)
    case 7: return (aggregate() + " * 1.5", true)
    case 8: return (aggregate() + " / nullif(" + aggregate() + ", 0)", false)
    case 9: return ("coalesce(" + aggregate() + ", 0)", true)
    case 10: return ("round(" + mean() + ", 2)", false)
    case 11:
      return ("CASE WHEN count(*) > 40 THEN " + aggregate() + " ELSE -1 END", true)
    case 12: return (spread(), false)
    default: return ("greatest(" + aggregate() + ", " + aggregate() + ", 7)", false)
    }
  }

  private mutating func filtered(_ call: TwoDialects) -> TwoDialects {
    next(3) == 0 ? call + " FILTER (WHERE " + condition(0) + ")" : call
  }

  private mutating func aggregate() -> TwoDialects {
    switch next(8) {
    case 0: return filtered(TwoDialects("count(*)"))
    case 1: return filtered(TwoDialects("count(\(pick(["paid", "age", "dx", "site", "sex"])))"))
    case 2: return filtered("count(CASE WHEN " + condition(0) + " THEN 1 END)")
    case 3: return filtered(TwoDialects("count(DISTINCT \(pick(["sex", "race"])))"))
    default: return filtered("sum(" + value() + ")")
    }
  }

  private mutating func mean() -> TwoDialects { filtered("avg(" + value() + ")") }

  /// Aggregates that SQLite does not have.
  private mutating func spread() -> TwoDialects {
    let function = pick(["var_pop", "var_samp", "stddev_pop", "stddev_samp", "variance", "stddev"])
    switch next(4) {
    case 0: return "(" + filtered(TwoDialects("covar_pop(age, days)")) + ")::numeric(40, 6)"
    case 1: return "round((" + filtered(TwoDialects("corr(days, paid)")) + ")::numeric, 9)"
    case 2: return filtered(TwoDialects("\(function)(age - 2 * days)"))
    default: return filtered(TwoDialects("\(function)(\(pick(["paid", "age", "days"])))"))
    }
  }

  private mutating func value() -> TwoDialects {
    switch next(12) {
    case 0, 1: return TwoDialects("paid")
    case 2: return TwoDialects("age")
    case 3: return TwoDialects("days")
    case 4: return TwoDialects("2 * days - age + 1")
    case 5: return TwoDialects("paid * 2.5")
    case 6: return TwoDialects(pick(["age * days", "days * days", "days * paid", "paid * paid"]))
    case 7: return "CASE WHEN " + condition(0) + " THEN paid ELSE 0.00 END"
    case 8: return "CASE WHEN " + condition(0) + " THEN age END"
    case 9: return "CASE WHEN " + condition(0) + " THEN days WHEN sex = '1' THEN -age ELSE 3 END"
    case 10: return TwoDialects("coalesce(age, 0)")
    default: return TwoDialects("paid - 0.25 * days")
    }
  }

  private mutating func having() -> TwoDialects {
    TwoDialects(
      pick([
        "count(*) > 15", "sum(days) > 100 AND count(*) < 400", "sum(age) IS NOT NULL",
        "NOT (count(paid) BETWEEN 5 AND 50)", "count(*) IN (1, 2, 3) OR sum(paid) > 0",
      ]))
  }

  private mutating func condition(_ depth: Int) -> TwoDialects {
    guard depth > 0 else { return leafCondition() }
    switch next(5) {
    case 0, 1: return "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")"
    case 2: return "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")"
    case 3: return "NOT (" + condition(depth - 1) + ")"
    default: return leafCondition()
    }
  }

  private mutating func leafCondition() -> TwoDialects {
    switch next(12) {
    case 0: return part("year") + " = \(2008 + next(4))"
    case 1: return part("quarter") + " IN (\(1 + next(4)), 2)"
    case 2: return part("month") + " BETWEEN \(1 + next(6)) AND \(5 + next(8))"
    case 3:
      let day = "2009-0\(1 + next(9))-\(pick(["01", "15"]))"
      let comparison = pick(["=", "<", ">=", "<>"])
      return TwoDialects(
        "date_trunc('month', admitted) \(comparison) DATE '\(day)'",
        "date(admitted, 'start of month') \(comparison) '\(day)'")
    case 4: return TwoDialects("(dx >= 'A\(next(10))' AND dx < 'B\(next(10))')")
    case 5: return TwoDialects("(age > \(next(90))) IS \(pick(["TRUE", "NOT TRUE"]))")
    case 6: return TwoDialects("(sex = '1') IS \(pick(["FALSE", "NOT FALSE"]))")
    default: return TwoDialects(leaf())
    }
  }
}
