import BigInteger
import ClaimQuery
import Testing

@Suite struct ResultValueTests {
  private func numeric(_ text: String) throws -> ResultValue {
    .numeric(try Numeric(literal: text))
  }

  @Test func textIsThatOfPostgres() throws {
    #expect(ResultValue.null.text() == nil)
    #expect(ResultValue.boolean(true).text() == "true")
    #expect(ResultValue.boolean(false).text(.letters) == "f")
    #expect(ResultValue.integer(.min).text() == "-9223372036854775808")
    #expect(ResultValue.numeric(try Numeric(unscaled: -5, scale: 3)).text() == "-0.005")
    #expect(ResultValue.numeric(try Numeric(unscaled: 0, scale: 2)).text() == "0.00")
    #expect(ResultValue.date("2024-02-29").text() == "2024-02-29")
  }

  /// 1e23 lies just between two doubles: PostgreSQL prints digits that no rounding mistakes.
  @Test func doublesHaveTheFewestDigits() {
    let texts: [(Double, String)] = [
      (0.1, "0.1"), (-0.0, "-0"), (100, "100"), (1.0 / 3, "0.3333333333333333"),
      (123_456_789_012_345, "123456789012345"), (1e15, "1e+15"), (1.5e300, "1.5e+300"),
      (0.0001, "0.0001"), (0.00001, "1e-05"), (.leastNonzeroMagnitude, "5e-324"),
      (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (1e23, "9.999999999999999e+22"),
      (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"),
    ]
    for (value, text) in texts { #expect(ResultValue.double(value).text() == text) }
  }

  @Test func numbersAreReadAsInSQL() throws {
    #expect(try ResultValue.number("9223372036854775807") == .integer(.max))
    #expect(try ResultValue.number("9223372036854775808").type == .numeric)
    #expect(try ResultValue.number("1.50").text() == "1.50")
    #expect(try ResultValue.number("1.50E+1").text() == "15.0")
    #expect(try ResultValue.number("2e3") == numeric("2000"))
    #expect(try ResultValue.number(".5").text() == "0.5")
    #expect(try ResultValue.number("5.").type == .numeric)
    for bad in [
      "", ".", "-", "--1", "1-", "1e", "1e+", "1ee2", "1.2.3", "1e1.5", "0x1", " 1", "１", "e5",
      ".-5",
    ] {
      #expect(throws: ResultError.notANumber, "\(bad)") { try Numeric(literal: bad) }
    }
    let tooLong = [
      "1e131072", "1e99999999999", "1e-99999", "9" + String(repeating: "0", count: 131_072),
    ]
    for literal in tooLong {
      #expect(throws: ResultError.numericOverflow) { try Numeric(literal: literal) }
    }
    #expect(try Numeric(literal: "0e2000000000").text == "0")
    #expect(try Numeric(literal: "1e131071").text.utf8.count == 131_072)
  }

  @Test func groupingTakesValuesAndNotDigits() throws {
    let one: Set<ResultValue> = [try numeric("1"), try numeric("1.0"), try numeric("1.000")]
    #expect(one.count == 1)
    #expect(Set([ResultValue.double(0), .double(-0.0)]).count == 1)
    #expect(Set([ResultValue.null, .null]).count == 1)
    // One letter to a reader, two sequences of bytes to SQL.
    #expect(ResultValue.text("\u{E9}") != .text("e\u{301}"))
    #expect(ResultValue.text("2024-01-01") != .date("2024-01-01"))
  }

  @Test func numbersAreOrderedExactly() throws {
    // The double nearest to 0.1 is a little more than it, and 2^53 + 1 is no double.
    #expect(ResultOrder.compare(.double(0.1), try numeric("0.1")) == 1)
    #expect(
      ResultOrder.compare(try numeric("0.1000000000000000055511151231257827"), .double(0.1)) == -1)
    #expect(
      ResultOrder.compare(.integer(9_007_199_254_740_993), .double(9_007_199_254_740_992)) == 1)
    #expect(ResultOrder.compare(.double(-1e300), .integer(.min)) == -1)
    #expect(ResultOrder.compare(.integer(2), try numeric("2.00")) == 0)
    #expect(ResultOrder.compare(try numeric("-1.01"), .integer(-1)) == -1)
    #expect(ResultOrder.compare(.text("Z"), .text("a")) == -1)
    #expect(ResultOrder.compare(.text("ab"), .text("a")) == 1)
    #expect(ResultOrder.compare(.boolean(false), .boolean(true)) == -1)
    #expect(ResultOrder.compare(.date("2023-12-31"), .date("2024-01-01")) == -1)
    #expect(ResultOrder.compare(.null, .integer(5)) == 1)
    #expect(ResultOrder.compare(.integer(5), .null) == -1)
    #expect(ResultOrder.compare(.null, .null) == 0)
  }

  /// As PostgreSQL has it, the operator rounds to double first.
  @Test func comparisonOperatorsMeetAsDoubles() throws {
    let exact = ResultValue.integer(9_007_199_254_740_993)
    #expect(try ResultOperator.equal.apply(exact, .double(9_007_199_254_740_992)) == .boolean(true))
    #expect(try ResultOperator.equal.apply(numeric("0.1"), .double(0.1)) == .boolean(true))
    #expect(try ResultOperator.equal.apply(.null, .null) == .null)
    #expect(try ResultOperator.less.apply(.integer(1), .null) == .null)
  }

  @Test func whatDoesNotFitIsAnError() throws {
    let out = ResultError.integerOutOfRange(typeName: "bigint")
    #expect(throws: out) { try ResultOperator.add.apply(.integer(.max), .integer(1)) }
    #expect(throws: out) { try ResultOperator.multiply.apply(.integer(.min), .integer(-1)) }
    #expect(throws: out) { try ResultOperator.divide.apply(.integer(.min), .integer(-1)) }
    #expect(throws: out) { try ResultValue.integer(.min).negated() }
    #expect(throws: out) { try ResultFunction.abs.apply([.integer(.min)]) }
    #expect(throws: out) { try numeric("9223372036854775807.5").cast(to: .bigint) }
    #expect(throws: out) { try ResultValue.double(9.3e18).cast(to: .bigint) }
    #expect(throws: out) { try ResultValue.double(.nan).cast(to: .bigint) }
    #expect(throws: ResultError.integerOutOfRange(typeName: "integer")) {
      try ResultValue.integer(2_147_483_648).cast(to: .integer)
    }
    #expect(try ResultOperator.remainder.apply(.integer(.min), .integer(-1)) == .integer(0))
    for symbol in [ResultOperator.divide, .remainder] {
      #expect(throws: ResultError.divisionByZero) { try symbol.apply(.integer(5), .integer(0)) }
      #expect(throws: ResultError.divisionByZero) {
        try symbol.apply(numeric("5"), numeric("0.00"))
      }
    }
    #expect(throws: ResultError.divisionByZero) {
      try ResultOperator.divide.apply(.double(1), .integer(0))
    }
    #expect(throws: ResultError.doubleOverflow) { try numeric("1e400").promoted(to: .double) }
    #expect(throws: ResultError.doubleUnderflow) { try numeric("1e-400").promoted(to: .double) }
    #expect(throws: ResultError.doubleOverflow) {
      try ResultOperator.multiply.apply(.double(1e200), .double(1e200))
    }
    #expect(throws: ResultError.doubleUnderflow) {
      try ResultOperator.divide.apply(.double(1e-200), .double(1e200))
    }
    #expect(throws: ResultError.numericOverflow) {
      try ResultOperator.multiply.apply(numeric("1e131071"), .integer(10))
    }
    #expect(throws: ResultError.numericOverflow) { try Numeric(unscaled: 1, scale: -1) }
    #expect(throws: ResultError.numericOverflow) { try Numeric(unscaled: 1, scale: 16_384) }
    #expect(throws: ResultError.notFinite) { try ResultValue.double(.infinity).cast(to: .numeric) }
  }

  @Test func castsThatDoNotExistAreRefused() throws {
    // Whole numbers are all of 64 bits here, so that `(…)::int` is a cast to bigint.
    #expect(try ResultValue.boolean(true).cast(to: .bigint) == .integer(1))
    #expect(throws: ResultError.noCast(from: .boolean, to: "numeric")) {
      try ResultValue.boolean(true).cast(to: .numeric)
    }
    #expect(throws: ResultError.noCast(from: .text, to: "numeric")) {
      try ResultValue.text("5").cast(to: .decimal(precision: 3, scale: 0))
    }
    #expect(throws: ResultError.noCast(from: .double, to: "numeric")) {
      try ResultValue.double(1).promoted(to: .numeric)
    }
    #expect(throws: ResultError.precisionOutOfRange(1001)) {
      try ResultValue.integer(1).cast(to: .decimal(precision: 1001, scale: 0))
    }
    #expect(throws: ResultError.scaleOutOfRange(-1001)) {
      try ResultValue.integer(1).cast(to: .decimal(precision: 5, scale: -1001))
    }
    #expect(throws: ResultError.fieldOverflow(precision: 4, scale: 2)) {
      try numeric("99.995").cast(to: .decimal(precision: 4, scale: 2))
    }
    #expect(try numeric("99.994").cast(to: .decimal(precision: 4, scale: 2)).text() == "99.99")
    #expect(try ResultValue.null.cast(to: .decimal(precision: 4, scale: 2)) == .null)
  }

  @Test func powersAndRootsKeepTheirBounds() throws {
    let power = ResultOperator.power
    #expect(throws: ResultError.fractionalPower) { try power.apply(numeric("2"), numeric("0.5")) }
    #expect(throws: ResultError.powerTooLong) { try power.apply(numeric("1.1"), .integer(.max)) }
    #expect(throws: ResultError.powerTooLong) {
      try power.apply(numeric("1.1"), .integer(9_000_000))
    }
    #expect(throws: ResultError.numericOverflow) {
      try power.apply(numeric("10"), .integer(131_072))
    }
    #expect(throws: ResultError.zeroToNegativePower) { try power.apply(numeric("0"), .integer(-1)) }
    #expect(throws: ResultError.negativeToFractionalPower) {
      try power.apply(.double(-8), .double(1.0 / 3))
    }
    #expect(throws: ResultError.squareRootOfNegative) {
      try ResultFunction.sqrt.apply([numeric("-0.01")])
    }
    #expect(throws: ResultError.squareRootOfNegative) {
      try ResultFunction.sqrt.apply([.integer(-1)])
    }
    #expect(throws: ResultError.logarithmOfZero) { try ResultFunction.ln.apply([.integer(0)]) }
    #expect(throws: ResultError.logarithmOfNegative) { try ResultFunction.ln.apply([.double(-1)]) }
    #expect(try power.apply(numeric("1.05"), .integer(30)).text() == "4.3219423751506620")
    #expect(try ResultFunction.sqrt.apply([numeric("2")]).text() == "1.414213562373095")
  }

  @Test func roundingIsBounded() throws {
    let round = ResultFunction.round
    #expect(try round.apply([numeric("1.5"), .integer(.min)]).text() == "0")
    #expect(try round.apply([numeric("1.5"), .integer(.max)]).text()?.utf8.count == 2 + 16_383)
    #expect(try round.apply([.null, .integer(2)]) == .null)
    #expect(try round.apply([numeric("-2.5")]).text() == "-3")
    #expect(try round.apply([.double(-2.5)]).text() == "-2")
  }

  /// No message repeats what was calculated with.
  @Test func messagesSayWhatToDo() {
    #expect("\(ResultError.divisionByZero)".hasPrefix("division by zero"))
    #expect(
      "\(ResultError.noOperator(symbol: "+", operands: [.text, nil]))"
        == "operator does not exist: text + unknown; cast an operand")
    #expect(
      "\(ResultError.noOperator(symbol: "-", operands: [.date]))"
        == "operator does not exist: - date; cast an operand")
    #expect("\(ResultError.fieldOverflow(precision: 6, scale: 2))".contains("below 10^4"))
  }
}
