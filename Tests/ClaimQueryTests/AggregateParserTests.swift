import ClaimQuery
import ClaimSchema
import Testing

@Suite("Aggregates as written") struct AggregateParserTests {
  private func column(_ name: String) -> ColumnReference {
    ColumnReference(name: name, position: 0)
  }
  private func literal(_ digits: String) -> Literal { Literal(value: .number(digits), position: 0) }
  private func aggregate(_ text: String) throws -> Aggregate? {
    guard
      case .aggregate(let aggregate) = try SQLParser.parse("SELECT \(text) FROM t").select[0].value
    else { return nil }
    return aggregate
  }

  @Test("each function") func functions() throws {
    for function in AggregateFunction.allCases {
      let isPair = function == .correlation || function == .covariancePopulation
      let arguments: [ValueExpression] =
        isPair ? [.column(column("a")), .column(column("b"))] : [.column(column("a"))]
      let text = isPair ? "a, b" : "a"
      #expect(
        try aggregate("\(function.rawValue)(\(text))") == Aggregate(function, of: arguments))
    }
    #expect(try aggregate("count(*)") == Aggregate(.count))
    #expect(
      try aggregate("count(DISTINCT a)")
        == Aggregate(.count, of: [.column(column("a"))], isDistinct: true))
    #expect(
      try aggregate("sum(a) FILTER (WHERE b IS NULL)")
        == Aggregate(.sum, of: [.column(column("a"))], filter: .isNull(column("b"))))
  }

  @Test("expressions") func expressions() throws {
    let a = ValueExpression.column(column("a"))
    let b = ValueExpression.column(column("b"))
    #expect(
      try aggregate("sum(a - b * 2)")
        == Aggregate(
          .sum,
          of: [.arithmetic(.subtract, a, .arithmetic(.multiply, b, .literal(literal("2"))))]))
    #expect(try aggregate("avg(-a)") == Aggregate(.avg, of: [.negated(a)]))
    #expect(try aggregate("sum(1)") == Aggregate(.sum, of: [.literal(literal("1"))]))
    #expect(
      try aggregate("count(CASE WHEN a = 1 THEN 'x' END)")
        == Aggregate(
          .count,
          of: [
            .conditional(
              [
                ValueBranch(
                  condition: .comparison(column("a"), .equal, literal("1")),
                  value: .literal(Literal(value: .string("x"), position: 0)))
              ], otherwise: nil)
          ]))
  }
}
