import ClaimQuery
import ClaimSchema
import Testing

/// Types of expressions, known before there are values.
@Suite struct ResultTypingTests {
  private typealias Q = PlannerQuery

  private let count = ResultExpression.aggregate(.countRecords)
  private let sum = ResultExpression.aggregate(Q.aggregate(.sum, "paid"))
  private let corr = ResultExpression.aggregate(Q.aggregate(.correlation, "paid"))
  private let typing: ResultTyping

  init() {
    typing = ResultTyping(
      keys: [.text, .date],
      aggregates: [
        .countRecords: .integer, Q.aggregate(.sum, "paid"): .numeric,
        Q.aggregate(.correlation, "paid"): .double,
      ])
  }

  private func number(_ text: String) -> ResultExpression { .literal(Q.number(text)) }

  private func when(_ values: ResultExpression...) -> ResultExpression {
    .conditional(
      values.map { ResultBranch(condition: .isNull(count), value: $0) }, otherwise: nil)
  }

  @Test func everyExpressionHasItsType() throws {
    let null = ResultExpression.literal(Q.null)
    for (expression, type) in [
      (.key(0), .text), (.key(1), .date), (count, .integer), (sum, .numeric), (corr, .double),
      (number("7"), .integer), (number("-7"), .integer), (number("7.0"), .numeric),
      (number("9223372036854775807"), .integer), (number("9223372036854775808"), .numeric),
      (number("1e3"), .numeric), (null, nil), (.literal(Q.text("a")), .text),
      (.literal(Literal(value: .boolean(true), position: 0)), .boolean),
      (.negated(sum), .numeric), (.negated(null), nil),
      (.arithmetic(.divide, count, count), .integer), (.arithmetic(.add, count, sum), .numeric),
      (.arithmetic(.multiply, sum, corr), .double), (.arithmetic(.add, count, null), .integer),
      (.arithmetic(.power, count, count), .double),
      (.arithmetic(.add, sum, .literal(Q.text("1.5"))), .numeric),
      (.comparison(.less, count, corr), .boolean),
      (.comparison(.less, .key(1), .literal(Q.text("2009-01-31"))), .boolean),
      (.call(.coalesce, [count, sum]), .numeric), (.call(.round, [count]), .double),
      (.call(.round, [sum, number("2")]), .numeric), (.cast(sum, .bigint), .integer),
      (.cast(count, .text), .text), (.not(null), .boolean), (.isNull(sum), .boolean),
      (.and([.isNull(sum), null]), .boolean), (when(count, sum), .numeric),
      (when(count, null), .integer), (when(null), nil), (when(.key(0)), .text),
    ] as [(ResultExpression, ResultType?)] {
      #expect(try typing.type(of: expression) == type, "\(expression)")
    }
  }

  @Test func whatHasNoTypeIsRefused() {
    for expression: ResultExpression in [
      .key(2), .key(-1), .key(.max), .negated(.key(0)), .negated(.isNull(count)),
      .arithmetic(.add, .key(0), count), .arithmetic(.subtract, .key(1), .key(1)),
      .arithmetic(.remainder, corr, count), .comparison(.equal, .key(0), count),
      .comparison(.equal, .key(1), .literal(Q.text("2009-02-30"))),
      .comparison(.equal, .literal(Q.text("x")), count), .not(count), .and([.isNull(sum), count]),
      .or([sum]), .call(.round, []), .call(.round, [count, count, count]),
      .call(.coalesce, [count, .key(0)]), when(count, .key(0)), when(.isNull(count), count),
      .conditional([ResultBranch(condition: count, value: count)], otherwise: nil),
      // Wherever it stands.
      .isNull(.not(count)), .cast(.not(count), .text), .call(.abs, [.negated(.key(0))]),
    ] {
      #expect(throws: QueryError.self, "\(expression)") { try typing.type(of: expression) }
    }
  }
}
