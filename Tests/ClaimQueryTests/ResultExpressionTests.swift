import BigInteger
import ClaimQuery
import ClaimSchema
import Testing

/// Expressions over released values, from totals to cells.
@Suite struct ResultExpressionTests {
  private typealias Q = PlannerQuery

  private let fixture = DisclosureFixture()
  private let count = ResultExpression.aggregate(.countRecords)
  private let paid = ResultExpression.aggregate(Q.aggregate(.sum, "paid"))
  private let days = ResultExpression.aggregate(Q.aggregate(.sum, "days"))

  private func number(_ text: String) -> ResultExpression { .literal(Q.number(text)) }

  private func text(_ text: String) -> ResultExpression { .literal(Q.text(text)) }

  private func when(
    _ condition: ResultExpression, _ value: ResultExpression, otherwise: ResultExpression? = nil
  ) -> ResultExpression {
    .conditional([ResultBranch(condition: condition, value: value)], otherwise: otherwise)
  }

  /// The expression over 100 records of 300 days together, of which `contributors` were paid.
  private func value(
    _ expression: ResultExpression, contributors: Int64 = 50, paid: Int64 = 1000
  ) throws -> AnswerCell? {
    let plan = try fixture.plan(Q.make(select: [expression, count]))
    let group = fixture.group(
      plan, records: 100, counts: ["paid": contributors], sums: ["paid": paid, "days": 300])
    return try fixture.release(plan, [group]).rows.first?.first
  }

  @Test func arithmeticHasPostgresTypes() throws {
    #expect(try value(.arithmetic(.divide, days, number("7"))) == .integer(42))
    #expect(
      try value(.arithmetic(.divide, paid, number("4")))?.text == "2.5000000000000000")
    #expect(try value(.arithmetic(.subtract, paid, days)) == .decimal("-290.00"))
    #expect(try value(.negated(days)) == .integer(-300))
    #expect(
      try value(.call(.round, [.arithmetic(.divide, paid, count), number("1")]))
        == .decimal("0.1"))
    #expect(try value(.cast(paid, .bigint)) == .integer(10))
    #expect(try value(.cast(days, .double)) == .value(.double(300)))
    #expect(try value(.cast(count, .text)) == .text("100"))
  }

  @Test func nothingAddedUpIsNull() throws {
    #expect(try value(paid, contributors: 0, paid: 0) == .null)
    #expect(try value(.arithmetic(.add, paid, days), contributors: 0, paid: 0) == .null)
    #expect(try value(.isNull(paid), contributors: 0, paid: 0) == .value(.boolean(true)))
    #expect(try value(.isNull(paid)) == .value(.boolean(false)))
  }

  @Test func truthHasThreeValues() throws {
    let values: [Bool?] = [true, false, nil]
    func expression(_ truth: Bool?) -> ResultExpression {
      switch truth {
      case true?: .comparison(.less, days, number("301"))
      case false?: .comparison(.equal, days, number("301"))
      case nil: .comparison(.notEqual, paid, number("0"))
      }
    }
    func cell(_ truth: Bool?) -> AnswerCell { truth.map { .value(.boolean($0)) } ?? .null }
    func check(_ expression: ResultExpression, _ truth: Bool?) throws {
      #expect(try value(expression, contributors: 0, paid: 0) == cell(truth), "\(expression)")
    }
    for a in values {
      try check(.not(expression(a)), a.map { !$0 })
      for b in values {
        let and = a == false || b == false ? false : a == nil || b == nil ? nil : true
        let or = a == true || b == true ? true : a == nil || b == nil ? nil : false
        try check(.and([expression(a), expression(b)]), and)
        try check(.or([expression(a), expression(b)]), or)
        // A branch is taken only where its condition is TRUE.
        let chosen = ResultExpression.conditional(
          [
            ResultBranch(condition: expression(a), value: number("1")),
            ResultBranch(condition: expression(b), value: number("2")),
          ], otherwise: nil)
        let cell: AnswerCell = a == true ? .integer(1) : b == true ? .integer(2) : .null
        #expect(try value(chosen, contributors: 0, paid: 0) == cell)
      }
    }
  }

  @Test func whatIsWithheldInAnyPartIsWithheld() throws {
    let yes = ResultExpression.comparison(.less, number("0"), number("1"))
    let no = ResultExpression.comparison(.less, number("1"), number("0"))
    let isPaid = ResultExpression.comparison(.less, number("0"), paid)
    for expression: ResultExpression in [
      paid, .negated(paid), .arithmetic(.add, days, paid),
      .arithmetic(.multiply, number("0"), paid),
      .comparison(.less, paid, days), .isNull(paid), .not(isPaid), .and([no, isPaid]),
      .or([yes, isPaid]), .cast(paid, .text), .call(.coalesce, [days, paid]),
      .call(.nullif, [days, paid]), .call(.greatest, [paid, days]),
      when(yes, days, otherwise: paid),
      when(no, paid), when(.or([yes, isPaid]), days),
    ] {
      #expect(try value(expression, contributors: 10) == .withheld, "\(expression)")
      #expect(try value(expression, contributors: 11) != .withheld, "\(expression)")
    }
    #expect(try value(days, contributors: 10) == .integer(300))
  }

  @Test func alternativesHaveTheirCommonType() throws {
    let yes = ResultExpression.comparison(.less, number("0"), number("1"))
    let half: AnswerCell = try .decimal("150.0000000000000000")
    let two = number("2")
    // A whole number among decimals divides as a decimal.
    #expect(try value(.arithmetic(.divide, when(yes, days, otherwise: paid), two)) == half)
    #expect(try value(when(yes, days, otherwise: paid)) == .decimal("300"))
    #expect(
      try value(.arithmetic(.divide, when(yes, number("7"), otherwise: days), two)) == .integer(3))
    let orSeven = ResultExpression.call(.coalesce, [paid, number("7")])
    #expect(
      try value(.arithmetic(.divide, orSeven, two), contributors: 0, paid: 0)
        == .decimal("3.5000000000000000"))
    #expect(
      try value(when(yes, days, otherwise: .cast(paid, .double))) == .value(.double(300)))
    #expect(try value(.call(.greatest, [days, paid])) == .decimal("300"))
    #expect(try value(.call(.nullif, [days, number("300")])) == .null)
    #expect(try value(.call(.nullif, [days, number("300.0")])) == .null)
  }

  /// The type is the written one, not that of the records that there happen to be.
  @Test func sumsKeepTheTypeOfWhatCannotHappen() throws {
    let never = Predicate.isIn(Q.reference("sex"), [Q.text("3")])
    let mixed = Aggregate(
      .sum, of: [Q.when(never, Q.constant("0.5"), otherwise: Q.column("days"))])
    let nothing = Aggregate(.sum, of: [Q.column("paid")], filter: .constant(false))
    #expect(
      try value(.arithmetic(.divide, .aggregate(mixed), number("8")))
        == .decimal("37.5000000000000000"))
    #expect(
      try value(
        .arithmetic(.divide, .call(.coalesce, [.aggregate(nothing), number("7")]), number("2")))
        == .decimal("3.5000000000000000"))
    let whole = Aggregate(
      .sum, of: [Q.when(never, Q.constant("5"), otherwise: Q.column("days"))])
    #expect(try value(.arithmetic(.divide, .aggregate(whole), number("8"))) == .integer(37))
  }

  @Test func quotedTextIsReadAsWhatStandsBesideIt() throws {
    let isTrue = AnswerCell.value(.boolean(true))
    #expect(try value(.comparison(.equal, text("300"), days)) == isTrue)
    #expect(try value(.comparison(.greater, days, text("-3"))) == isTrue)
    #expect(try value(.comparison(.less, .cast(days, .text), text("4"))) == isTrue)
    let year = GroupingExpression.truncated(.year, Q.reference("admitted"))
    func kept(_ constant: String) throws -> [String?] {
      var query = Q.make(by: [year])
      query.having = .comparison(.greaterOrEqual, .key(0), text(constant))
      let plan = try fixture.plan(query)
      let groups = ["2008-01-01", "2009-01-01", nil].map { key in
        fixture.group(plan, [key], records: 100)
      }
      return try fixture.release(plan, groups).rows.map { $0[0].text }
    }
    #expect(try kept("2009-01-01") == ["2009-01-01"])
    #expect(try kept("2008-12-31") == ["2009-01-01"])
    #expect(try kept("20080101") == ["2008-01-01", "2009-01-01"])
    // What cannot be read is refused before anything is decrypted.
    #expect(throws: QueryError.self) { try kept("May") }
    for bad in [text("many"), text("2009-01-01"), text("")] {
      #expect(throws: QueryError.self) {
        try fixture.plan(Q.make(select: [.comparison(.equal, count, bad)]))
      }
    }
    #expect(throws: QueryError.self) {
      try fixture.plan(Q.make(select: [.comparison(.equal, .isNull(count), text("true"))]))
    }
  }

  @Test func whatPostgresRefusesToCalculate() throws {
    for expression: ResultExpression in [
      .arithmetic(.divide, days, number("0")), .call(.sqrt, [.negated(paid)]),
      .arithmetic(.multiply, number("9223372036854775807"), days),
      .cast(.arithmetic(.multiply, paid, number("1e30")), .bigint),
    ] {
      #expect {
        try value(expression)
      } throws: { error in
        if case QueryError.evaluation? = error as? QueryError { true } else { false }
      }
    }
    let guarded = ResultExpression.arithmetic(
      .divide, days, .call(.nullif, [number("0"), number("0")]))
    #expect(try value(guarded) == .null)
  }
}
