import ClaimSchema

/// Claims and queries from a fixed seed, over a schema with every kind of column.
struct RandomClaims {
  static let schema = """
    table: claims
    capacity: 4000
    depth: 3
    minimum_cohort: 11
    products: [[age, age], [age, days], [days, days], [days, paid], [paid, paid]]
    indexes: [[sex, race]]
    columns:
      SITE: { type: category, protect: clear }
      YEAR: { type: integer, range: [2000, 2020], protect: clear }
      SEX: { type: category, protect: encrypted, values: ["1", "2"] }
      RACE: { type: category, protect: encrypted, values: ["a", "b", "c", "d"], nullable: false }
      AGE: { type: integer, range: [0, 109], protect: encrypted, use: [filter, sum] }
      ADMITTED: { type: date, format: yyyyMMdd, protect: encrypted, range: [2009-01-01, 2010-06-30] }
      DX: { type: code, protect: encrypted, alphabet: ["AB2", "0-9", "0-3"] }
      PAID: { type: money, scale: 2, range: [-500.00, 20000.00], protect: encrypted, use: [filter, sum], bands: [0, 0.01, 5000.00, 15000.01] }
      DAYS: { type: integer, range: [-5, 400], protect: encrypted, nullable: false }
      COPAY: { type: money, scale: 2, range: [-10.00, 500.00], protect: paillier }
      VISITS: { type: integer, range: [0, 60], protect: paillier, nullable: false }
    """

  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % bound
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(elements.count)] }

  private mutating func maybe(_ text: String) -> String { next(8) == 0 ? "" : text }

  mutating func csv(rows: Int) -> String {
    var lines = ["SITE,YEAR,SEX,RACE,AGE,ADMITTED,DX,PAID,DAYS,COPAY,VISITS"]
    for _ in 0..<rows {
      let month = next(18)
      let date =
        "\(2009 + month / 12)" + two(month % 12 + 1) + two(1 + next(28))
      let code = String(
        (pick(["A", "B", "2"]) + String(next(10)) + String(next(4))).prefix(1 + next(3)))
      let cents = pick([-next(50_001), 0, next(100), next(2_000_001), 500_000, 1_500_000])
      lines.append(
        [
          maybe(pick(["S1", "S2", "S3"])), maybe(String(2005 + next(4))),
          maybe(pick(["1", "2"])), pick(["a", "b", "c", "d"]), maybe(String(next(110))),
          maybe(date), maybe(code), maybe(money(cents)), String(next(406) - 5),
          maybe(money(next(51_001) - 1000)), String(next(61)),
        ].joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func money(_ cents: Int) -> String {
    "\(cents < 0 ? "-" : "")\(abs(cents) / 100).\(two(abs(cents) % 100))"
  }

  /// A SELECT that both PostgreSQL and SQLite read.
  mutating func query() -> String {
    let isPaillier = next(6) == 0
    let aggregates =
      isPaillier
      ? ["count(*)", "sum(copay)", "avg(copay)", "count(copay)", "sum(visits)", "avg(visits)"]
      : [
        "count(*)", "sum(paid)", "avg(paid)", "count(paid)", "sum(age)", "avg(age)", "count(dx)",
        "sum(days)", "count(site)", "count(sex)",
      ]
    var select = (0..<1 + next(3)).map { _ in pick(aggregates) }
    var groups: [String] = []
    let keys = isPaillier ? ["site", "year"] : ["site", "year", "sex", "race"]
    for _ in 0..<[0, 0, 1, 1, 2][next(5)] {
      let key = pick(keys)
      if !groups.contains(key) { groups.append(key) }
    }
    select = groups + select
    let depth = next(3)
    let filter =
      next(5) == 0 ? "" : " WHERE " + (isPaillier ? clear(depth) : predicate(depth))
    let grouping = groups.isEmpty ? "" : " GROUP BY " + groups.joined(separator: ", ")
    return "SELECT \(select.joined(separator: ", ")) FROM claims\(filter)\(grouping)"
  }

  private mutating func predicate(_ depth: Int) -> String {
    combine(depth) {
      $0.predicate(depth - 1)
    } leaf: {
      $0.leaf()
    }
  }

  private mutating func clear(_ depth: Int) -> String {
    combine(depth) {
      $0.clear(depth - 1)
    } leaf: {
      $0.clearLeaf()
    }
  }

  private mutating func combine(
    _ depth: Int, inner: (inout RandomClaims) -> String, leaf: (inout RandomClaims) -> String
  ) -> String {
    guard depth > 0 else { return leaf(&self) }
    switch next(5) {
    case 0, 1: return "(\(inner(&self)) AND \(inner(&self)))"
    case 2: return "(\(inner(&self)) OR \(inner(&self)))"
    case 3: return "NOT (\(inner(&self)))"
    default: return leaf(&self)
    }
  }

  private mutating func comparison() -> String { pick(["=", "<>", "<", "<=", ">", ">="]) }

  private mutating func clearLeaf() -> String {
    switch next(5) {
    case 0: return "site = '\(pick(["S1", "S2", "S9"]))'"
    case 1: return "site \(pick(["IN", "NOT IN"])) ('S1', 'S3')"
    case 2: return "year \(comparison()) \(2004 + next(7))"
    case 3: return "\(pick(["site", "year"])) IS \(pick(["", "NOT "]))NULL"
    default: return "year BETWEEN \(2004 + next(3)) AND \(2006 + next(4))"
    }
  }

  mutating func leaf() -> String {
    switch next(12) {
    case 0: return clearLeaf()
    case 1: return "sex \(pick(["=", "<>"])) '\(pick(["1", "2", "3"]))'"
    case 2: return "race \(pick(["IN", "NOT IN"])) ('\(pick(["a", "b"]))', 'd')"
    case 3: return "age \(comparison()) \(next(120) - 5)"
    case 4: return "age \(pick(["", "NOT "]))BETWEEN \(next(60)) AND \(next(110))"
    case 5: return "dx \(pick(["", "NOT "]))LIKE '\(pick(["A", "B1", "2", "Z", "A12"]))%'"
    case 6: return "dx \(pick(["=", "<>"])) '\(pick(["A1", "B", "213", "X"]))'"
    case 7:
      let (first, last) = (1 + next(9), 1 + next(9))
      return "admitted BETWEEN '2009-0\(first)-\(10 + next(15))' AND '2010-0\(last)-01'"
    case 8: return "admitted \(comparison()) '2009-\(10 + next(3))-\(10 + next(18))'"
    case 9: return "paid \(pick([">=", "<"])) \(pick(["0", "0.01", "5000.00", "15000.01"]))"
    case 10: return "paid \(pick(["> 15000.00", "<= 0", "BETWEEN 5000.00 AND 15000.00", "= 0"]))"
    default:
      return "\(pick(["sex", "age", "dx", "paid", "admitted"])) IS \(pick(["", "NOT "]))NULL"
    }
  }
}
