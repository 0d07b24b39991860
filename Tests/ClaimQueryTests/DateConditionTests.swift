import ClaimQuery
import ClaimSchema
import Testing

@Suite("Conditions on dates") struct DateConditionTests {
  private func condition(_ text: String) throws -> Predicate? {
    try SQLParser.parse("SELECT count(*) FROM t WHERE " + text).predicate
  }

  /// The condition for one value of `d`, by comparing ISO texts; nil is SQL's NULL.
  private func holds(_ predicate: Predicate, _ day: String?) -> Bool? {
    switch predicate {
    case .comparison(_, let comparison, let literal):
      guard let day, case .string(let constant) = literal.value else { return nil }
      return switch comparison {
      case .equal: day == constant
      case .notEqual: day != constant
      case .less: day < constant
      case .lessOrEqual: day <= constant
      case .greater: day > constant
      case .greaterOrEqual: day >= constant
      }
    case .between(_, let low, let high):
      guard let day, case .string(let low) = low.value, case .string(let high) = high.value else {
        return nil
      }
      return low <= day && day <= high
    case .isIn(_, let list):
      guard let day else { return nil }
      if list.contains(where: { $0.value == .string(day) }) { return true }
      return list.contains { $0.value == .null } ? nil : false
    case .not(let inner): return holds(inner, day).map { !$0 }
    case .and(let operands):
      let values = operands.map { holds($0, day) }
      return values.contains(false) ? false : values.contains(nil) ? nil : true
    case .or(let operands):
      let values = operands.map { holds($0, day) }
      return values.contains(true) ? true : values.contains(nil) ? nil : false
    case .isTrue(let inner): return holds(inner, day) == true
    case .isNull: return day == nil
    case .constant(let value): return value
    case .like, .datePart: return nil
    }
  }

  /// The first day of the unit, by the text.
  private func truncated(_ day: String, _ unit: String) -> String {
    switch unit {
    case "year": return day.prefix(4) + "-01-01"
    case "month": return day.prefix(7) + "-01"
    case "quarter":
      let firsts = [
        "01": "01", "02": "01", "03": "01", "04": "04", "05": "04", "06": "04", "07": "07",
        "08": "07", "09": "07", "10": "10", "11": "10", "12": "10",
      ]
      return day.prefix(5) + (firsts[String(day.dropFirst(5).prefix(2))] ?? "??") + "-01"
    default: return day
    }
  }

  private static let days = [
    "0001-01-01", "2007-12-31", "2008-01-01", "2008-01-31", "2008-02-01", "2008-02-28",
    "2008-02-29", "2008-03-01", "2008-03-31", "2008-04-01", "2008-06-30", "2008-07-01",
    "2008-12-31",
    "2009-01-01", "2009-02-28", "2009-03-01", "2009-12-31", "2010-01-01", "9999-10-01",
    "9999-12-31",
  ]

  @Test(
    "date_trunc compared is a condition on the day", arguments: ["year", "quarter", "month", "day"])
  func truncation(unit: String) throws {
    for constant in Self.days {
      for symbol in ["=", "<>", "<", "<=", ">", ">="] {
        let predicate = try #require(
          try condition("date_trunc('\(unit)', d) \(symbol) '\(constant)'"))
        let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="][symbol] ?? symbol
        #expect(try condition("DATE '\(constant)' \(turned) date_trunc('\(unit)', d)") == predicate)
        #expect(holds(predicate, nil) == nil)
        for day in Self.days {
          let value = truncated(day, unit)
          let expected =
            switch symbol {
            case "=": value == constant
            case "<>": value != constant
            case "<": value < constant
            case "<=": value <= constant
            case ">": value > constant
            default: value >= constant
            }
          #expect(holds(predicate, day) == expected, "\(unit) \(day) \(symbol) \(constant)")
        }
      }
    }
  }

  @Test("date_trunc in lists and ranges", arguments: ["year", "quarter", "month", "day"])
  func truncationLists(unit: String) throws {
    for low in Self.days {
      let list = try #require(
        try condition("date_trunc('\(unit)', d) NOT IN ('\(low)', '2008-01-01', '2008-01-01')"))
      let null = try #require(try condition("date_trunc('\(unit)', d) IN ('\(low)', NULL)"))
      let range = try #require(
        try condition("date_trunc('\(unit)', d) BETWEEN '\(low)' AND '2009-01-01'"))
      #expect([list, null, range].allSatisfy { holds($0, nil) == nil })
      for day in Self.days {
        let value = truncated(day, unit)
        #expect(holds(list, day) == (value != low && value != "2008-01-01"))
        #expect(holds(null, day) == (value == low ? true : nil))
        #expect(holds(range, day) == (value >= low && value <= "2009-01-01"))
      }
    }
  }

  @Test("IS DISTINCT FROM and IS UNKNOWN are never NULL") func certainty() throws {
    let cases: [(String, (String?) -> Bool)] = [
      ("d IS DISTINCT FROM '2008-01-01'", { $0 != "2008-01-01" }),
      ("d IS NOT DISTINCT FROM '2008-01-01'", { $0 == "2008-01-01" }),
      ("'2008-01-01' IS DISTINCT FROM d", { $0 != "2008-01-01" }),
      ("d IS DISTINCT FROM NULL", { $0 != nil }),
      ("d IS NOT DISTINCT FROM NULL", { $0 == nil }),
      ("(d > '2008-01-01') IS UNKNOWN", { $0 == nil }),
      ("(d > '2008-01-01') IS NOT UNKNOWN", { $0 != nil }),
      ("(d > '2008-01-01' OR d < '2000-01-01') IS NULL", { $0 == nil }),
      ("(d > '2008-01-01') IS TRUE", { $0.map { $0 > "2008-01-01" } ?? false }),
      ("(d > '2008-01-01') IS NOT TRUE", { $0.map { $0 <= "2008-01-01" } ?? true }),
      ("(d > '2008-01-01') IS FALSE", { $0.map { $0 <= "2008-01-01" } ?? false }),
      ("(d > '2008-01-01') IS NOT FALSE", { $0.map { $0 > "2008-01-01" } ?? true }),
      ("d = ANY ('{}')", { _ in false }), ("d <> ALL (ARRAY[]::date[])", { _ in true }),
    ]
    for (text, expected) in cases {
      let predicate = try #require(try condition(text))
      for day in Self.days + [nil] {
        #expect(holds(predicate, day) == expected(day), "\(text) for \(day ?? "NULL")")
      }
    }
  }

  @Test(
    "dates that are calculated, by PostgreSQL's rules",
    arguments: [
      ("DATE '2009-01-01' + 30", "2009-01-31"), ("30 + DATE '2009-01-01'", "2009-01-31"),
      ("DATE '2009-01-01' - 1", "2008-12-31"), ("DATE '2008-02-28' + 2", "2008-03-01"),
      ("DATE '2009-01-31' + INTERVAL '1 month'", "2009-02-28"),
      ("DATE '2008-01-31' + INTERVAL '1 month'", "2008-02-29"),
      ("DATE '2008-02-29' + INTERVAL '1 year'", "2009-02-28"),
      ("DATE '2009-03-31' - INTERVAL '1 mon'", "2009-02-28"),
      ("DATE '2009-01-31' + INTERVAL '1 month 1 day'", "2009-03-01"),
      ("DATE '2009-01-01' + INTERVAL '2 weeks'", "2009-01-15"),
      ("DATE '2009-01-01' + INTERVAL '30' DAY", "2009-01-31"),
      ("DATE '2009-01-01' + INTERVAL '-1 days'", "2008-12-31"),
      ("INTERVAL '1 year' + DATE '2009-01-01' - INTERVAL '1 day'", "2009-12-31"),
      ("'2009-01-01'::date + 365", "2010-01-01"), ("DATE '0001-01-01' + 3652058", "9999-12-31"),
      ("DATE '9999-12-31' - 3652058", "0001-01-01"),
      ("DATE '2000-03-01' - INTERVAL '100 years' - 1", "1900-02-28"),
      ("TIMESTAMP '2009-01-01 00:00:00'", "2009-01-01"), ("'2009-01-01'::timestamp", "2009-01-01"),
      ("date_trunc('quarter', DATE '2009-06-15')", "2009-04-01"),
      ("CAST(DATE '2009-01-01' + INTERVAL '1 month' AS date)", "2009-02-01"),
    ])
  func calculated(text: String, day: String) throws {
    let column = ColumnReference(name: "d", position: 0)
    #expect(
      try condition("d = " + text)
        == .comparison(column, .equal, Literal(value: .string(day), position: 0)))
  }
}
