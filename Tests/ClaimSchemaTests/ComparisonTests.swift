import ClaimSchema
import Testing

/// Comparisons with constants against the same comparison on every value.
@Suite struct ComparisonTests {
  static func holds<Value: Comparable>(
    _ comparison: ComparisonOperator, _ a: Value, _ b: Value
  ) -> Bool {
    switch comparison {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .equal: a == b
    case .notEqual: a != b
    case .greaterOrEqual: a >= b
    case .greater: a > b
    }
  }

  /// Bytes that compare as PostgreSQL compares text under the C collation.
  struct Bytes: Comparable {
    let bytes: [UInt8]
    init(_ text: String) { bytes = Array(text.utf8) }
    static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
  }

  static func selects(
    _ column: Column, _ comparison: ComparisonOperator, _ constant: String, _ value: CellValue
  ) throws -> Bool {
    let digits = try #require(column.digitLayout?.digits(of: value))
    return try column.digitSet(comparing: comparison, to: constant).contains(digits)
  }

  @Test(arguments: [-7...3 as ClosedRange<Int64>, 0...31, 0...32, 95...1234, -1234 ... -95])
  func wholeNumbers(range: ClosedRange<Int64>) throws {
    let column = try SchemaSamples.column(
      "type: integer, protect: encrypted, use: [filter], range: [\(range.lowerBound), "
        + "\(range.upperBound)]")
    let layout = try #require(column.digitLayout)
    var seen: Set<[Int]> = []
    for number in range {
      let digits = try #require(layout.digits(of: .number(number)))
      #expect(zip(digits, layout.sizes).allSatisfy { $0 >= 0 && $0 < $1 })
      #expect(seen.insert(digits).inserted)
    }
    #expect(layout.digits(of: .number(range.upperBound + 1)) == nil)
    #expect(layout.digits(of: .null) == nil)
    let bounds = [range.lowerBound, range.upperBound]
    var constants: [Int64] = [-5, 0, 100, 999, 1000]
    for bound in bounds { constants += [bound - 2, bound - 1, bound, bound + 1, bound + 2] }
    for constant in constants {
      for comparison in ComparisonOperator.allCases {
        let set = try column.digitSet(comparing: comparison, to: String(constant))
        let between = try column.digitSet(comparing: comparison, to: "\(constant).5")
        let power = try column.digitSet(comparing: comparison, to: "\(constant)0e-1")
        #expect(power == set)
        let half = Double(constant) + (constant < 0 ? -0.5 : 0.5)
        let wrong = range.filter { number in
          let digits = layout.digits(of: .number(number)) ?? []
          return set.contains(digits) != Self.holds(comparison, number, constant)
            || between.contains(digits) != Self.holds(comparison, Double(number), half)
        }
        #expect(wrong.isEmpty, "\(comparison.rawValue) \(constant)")
      }
    }
  }

  @Test func numbersFarOutsideClamp() throws {
    let column = try SchemaSamples.column(
      "type: integer, protect: encrypted, use: [filter], range: [0, 99]")
    for huge in ["99999999999999999999999", "1e400", "1e999999999"] {
      #expect(try column.digitSet(comparing: .less, to: huge) == .all)
      #expect(try column.digitSet(comparing: .greater, to: "-" + huge) == .all)
      #expect(try column.digitSet(comparing: .equal, to: huge) == .none)
      #expect(try column.digitSet(comparing: .greater, to: huge) == .none)
    }
    #expect(
      try column.digitSet(comparing: .greater, to: "1e-400")
        == column.digitSet(
          comparing: .greaterOrEqual, to: "1"))
    for bad in ["", "x", "1e", "e5", "1..2", "--1", "0x10", "1 2", "1e99999999999999999999"] {
      #expect(throws: LiteralProblem.self) { try column.digitSet(comparing: .less, to: bad) }
    }
  }

  @Test func amountsWithoutBands() throws {
    let column = try SchemaSamples.column(
      "type: money, protect: encrypted, use: [filter], range: [-1.50, 12.00]")
    let layout = try #require(column.digitLayout)
    #expect(layout.sizes.count == 3)
    for constant in [-151, -150, -149, -1, 0, 1, 250, 251, 1199, 1200, 1201] as [Int64] {
      let whole = constant / 100
      let cents = String(constant.magnitude % 100 + 100).dropFirst()
      let text = "\(constant < 0 ? "-" : "")\(whole.magnitude).\(cents)"
      for comparison in ComparisonOperator.allCases {
        let set = try column.digitSet(comparing: comparison, to: text)
        let wrong = (-150...1200).filter { (number: Int64) in
          set.contains(layout.digits(of: .number(number)) ?? [])
            != Self.holds(comparison, number, constant)
        }
        #expect(wrong.isEmpty, "\(comparison.rawValue) \(text)")
      }
    }
  }

  @Test func bands() throws {
    let schema = try Schema.parse(yaml: SchemaSamples.claims, source: "s")
    let paid = try #require(schema.column(named: "paid"))
    #expect(paid.digitLayout?.sizes == [6])
    let samples: [Int64] = [
      -2_000_000, -1, 0, 1, 499_999, 500_000, 1_500_000, 1_500_001, 2_500_000, 2_500_001,
      20_000_000,
    ]
    let fitting: [(ComparisonOperator, String, Int64)] = [
      (.greater, "25000", 2_500_000), (.greaterOrEqual, "25000.01", 2_500_001),
      (.lessOrEqual, "25000.00", 2_500_000), (.less, "25000.005", 2_500_001), (.less, "0", 0),
      (.greater, "0", 0), (.equal, "0", 0), (.notEqual, "0.000", 0), (.less, "5000", 500_000),
      (.less, "-20000", -2_000_000), (.greater, "200000", 20_000_000), (.less, "1e9", 1 << 40),
      (.equal, "-30000", -3_000_000), (.notEqual, "1e9", 1 << 40),
    ]
    for (comparison, text, constant) in fitting {
      for sample in samples {
        #expect(
          try Self.selects(paid, comparison, text, .number(sample))
            == Self.holds(comparison, sample, constant), "\(sample) \(comparison.rawValue) \(text)")
      }
    }
    #expect(throws: LiteralProblem.notACutPoint(nearest: ["15000.01", "25000.01"])) {
      try paid.digitSet(comparing: .greater, to: "20000")
    }
    #expect(throws: LiteralProblem.notACutPoint(nearest: ["0.00"])) {
      try paid.digitSet(comparing: .less, to: "-5")
    }
    #expect(throws: LiteralProblem.notACutPoint(nearest: ["5000.00", "15000.01"])) {
      try paid.digitSet(comparing: .equal, to: "5000")
    }
    #expect(try paid.digitSet(comparing: .equal, to: "5000.001") == .none)
  }

  @Test func dates() throws {
    let column = try SchemaSamples.column(
      "type: date, protect: encrypted, range: [2007-11-15, 2008-03-10]")
    let layout = try #require(column.digitLayout)
    #expect(layout.sizes == [5, 31])
    var day: CalendarDay? = CalendarDay(year: 2007, month: 11, day: 15)
    var days: [CalendarDay] = []
    while let current = day, current <= (CalendarDay(year: 2008, month: 3, day: 10) ?? current) {
      days.append(current)
      day = current.next
    }
    #expect(days.count == 117)
    let outside = [(2007, 11, 14), (2008, 3, 11), (1999, 1, 1), (2030, 12, 31), (9999, 12, 31)]
      .compactMap(CalendarDay.init(year:month:day:))
    for constant in days + outside {
      for comparison in ComparisonOperator.allCases {
        let set = try column.digitSet(comparing: comparison, to: constant.description)
        let wrong = days.filter { day in
          set.contains(layout.digits(of: .date(day)) ?? []) != Self.holds(comparison, day, constant)
        }
        #expect(wrong.isEmpty, "\(comparison.rawValue) \(constant)")
      }
    }
    // Whole months need no look at the day.
    #expect(
      try column.digitSet(comparing: .lessOrEqual, to: "20080229")
        == .split([.all, .all, .all, .all, .none]))
    for bad in ["2008-02-30", "2008-2-3", "200802", "", "01/02/2008", "2008-01-01 00:00"] {
      #expect(throws: LiteralProblem.expected("a date such as 2009-01-31")) {
        try column.digitSet(comparing: .less, to: bad)
      }
    }
    #expect(throws: LiteralProblem.notText) { try column.digitSet(prefix: "2008") }
  }

  @Test func codes() throws {
    let column = try SchemaSamples.column(
      "type: code, protect: encrypted, alphabet: [\"EV1-2\", \"02\", \"0B\"]")
    let layout = try #require(column.digitLayout)
    #expect(layout.sizes == [5, 3, 3])
    var codes: [String] = []
    for first in ["E", "V", "1", "2"] {
      codes.append(first)
      for second in ["0", "2"] {
        codes += [first + second, first + second + "0", first + second + "B"]
      }
    }
    let constants =
      codes + [
        "", "e", "A", "F", "Z", "0", "3", "E1", "E3", "E00", "E0A", "E0C", "E0BX", "E0B0", "é",
        "E ",
        "V2BZZZZ",
      ]
    for constant in constants {
      for comparison in ComparisonOperator.allCases {
        for code in codes {
          #expect(
            try Self.selects(column, comparison, constant, .code(code))
              == Self.holds(comparison, Bytes(code), Bytes(constant)),
            "\(code) \(comparison.rawValue) '\(constant)'")
        }
      }
      let set = try column.digitSet(prefix: constant)
      for code in codes {
        let digits = try #require(layout.digits(of: .code(code)))
        #expect(set.contains(digits) == code.hasPrefix(constant), "\(code) LIKE '\(constant)%'")
      }
    }
    #expect(layout.digits(of: .code("E1")) == nil)
    #expect(layout.digits(of: .code("E000")) == nil)
  }

  @Test func categories() throws {
    let values = ["b", "a", "10", "9", "ab"]
    let list = values.map { "\"\($0)\"" }.joined(separator: ", ")
    let column = try SchemaSamples.column("type: category, protect: encrypted, values: [\(list)]")
    for constant in values + ["", "0", "aa", "zz", "é"] {
      for (index, value) in values.enumerated() {
        for comparison in ComparisonOperator.allCases {
          #expect(
            try Self.selects(column, comparison, constant, .category(index))
              == Self.holds(comparison, Bytes(value), Bytes(constant)))
        }
        #expect(
          try column.digitSet(prefix: constant).contains([index]) == value.hasPrefix(constant))
      }
    }
  }

  @Test func onlyFiltersHaveDigits() throws {
    for declaration in [
      "type: integer, protect: encrypted, range: [0, 9]", "type: integer, protect: clear",
      "type: integer, protect: paillier, range: [0, 9]", "type: text, protect: drop",
    ] {
      let column = try SchemaSamples.column(declaration)
      #expect(column.digitLayout == nil)
      #expect(column.groupKeys == nil)
      #expect(throws: LiteralProblem.notIndexed) {
        try column.digitSet(comparing: .less, to: "1")
      }
      #expect(throws: LiteralProblem.notIndexed) { try column.digitSet(prefix: "1") }
    }
  }

  @Test func groupKeys() throws {
    let schema = try Schema.parse(yaml: SchemaSamples.claims, source: "s")
    #expect(schema.column(named: "diagnosis")?.groupKeys == nil)
    #expect(schema.column(named: "admitted")?.groupKeys == nil)
    #expect(
      schema.column(named: "paid")?.groupKeys?.map(\.label) == [
        "[-20000.00,0.00)", "[0.00,0.01)", "[0.01,5000.00)", "[5000.00,15000.01)",
        "[15000.01,25000.01)", "[25000.01,200000.00]",
      ])
    let days = try #require(schema.column(named: "days")?.groupKeys)
    #expect(days.map(\.label) == (0...400).map(String.init))
    let category = try SchemaSamples.column(
      "type: category, protect: encrypted, values: [b, a, c]")
    let keys = try #require(category.groupKeys)
    #expect(keys.map(\.label) == ["a", "b", "c"])
    #expect(keys[0].set.contains([1]))
    // Keys of one column exclude each other and cover every value.
    for keys in [days, keys, schema.column(named: "paid")?.groupKeys ?? []] {
      for (a, b) in zip(keys, keys.dropFirst()) {
        #expect(a.set.intersection(b.set).isEmpty)
      }
    }
    let long = try SchemaSamples.column(
      "type: integer, protect: encrypted, use: [filter], range: [0, 4096]")
    #expect(long.groupKeys == nil)
  }
}
