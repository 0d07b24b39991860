import ClaimQuery
import Testing

/// The types are what PostgreSQL's `pg_typeof` says.
@Suite struct ResultTypeTests {
  @Test func operatorsWiden() throws {
    #expect(try ResultOperator.add.type(.integer, .integer) == .integer)
    #expect(try ResultOperator.divide.type(.integer, .integer) == .integer)
    #expect(try ResultOperator.divide.type(.integer, .numeric) == .numeric)
    #expect(try ResultOperator.multiply.type(.double, .numeric) == .double)
    #expect(try ResultOperator.power.type(.integer, .integer) == .double)
    #expect(try ResultOperator.power.type(.numeric, .integer) == .numeric)
    #expect(try ResultOperator.less.type(.date, .date) == .boolean)
    #expect(try ResultOperator.less.type(nil, nil) == .boolean)
    #expect(try ResultOperator.add.type(nil, .numeric) == .numeric)
    #expect(try ResultOperator.add.type(nil, nil) == nil)
  }

  @Test func functionsHaveTypes() throws {
    for function in [ResultFunction.round, .trunc, .ceil, .floor, .sqrt, .ln, .exp] {
      #expect(try function.type(of: [.integer]) == .double)
      #expect(try function.type(of: [.double]) == .double)
    }
    #expect(try ResultFunction.abs.type(of: [.integer]) == .integer)
    #expect(try ResultFunction.round.type(of: [.integer, .integer]) == .numeric)
    #expect(try ResultFunction.round.type(of: [.numeric]) == .numeric)
    #expect(try ResultFunction.power.type(of: [.integer, .integer]) == .double)
    #expect(try ResultFunction.power.type(of: [.numeric, .integer]) == .numeric)
    #expect(try ResultFunction.mod.type(of: [.integer, .numeric]) == .numeric)
    #expect(try ResultFunction.nullif.type(of: [.integer, .numeric]) == .numeric)
    #expect(try ResultFunction.coalesce.type(of: [nil, .integer, .numeric]) == .numeric)
    #expect(try ResultFunction.greatest.type(of: [.double, .integer]) == .double)
    #expect(try ResultFunction.coalesce.type(of: [nil, nil]) == nil)
    #expect(ResultFunction(named: "ceiling") == .ceil)
    #expect(ResultFunction(named: "pow") == .power)
    #expect(ResultFunction(named: "sin") == nil)
  }

  /// coalesce(NULL::numeric, 7) / 2
  @Test func aNullsTypeDecidesTheDivision() throws {
    let arguments: [ResultType?] = [.numeric, .integer]
    let type = try #require(try ResultFunction.coalesce.type(of: arguments))
    let seven = try ResultFunction.coalesce.apply([.null, .integer(7)]).promoted(to: type)
    #expect(try ResultOperator.divide.apply(seven, .integer(2)).text() == "3.5000000000000000")
    let bare = try ResultFunction.coalesce.apply([.null, .integer(7)])
    #expect(try ResultOperator.divide.apply(bare, .integer(2)).text() == "3")
  }

  @Test func typesThatDoNotMeetAreRefused() {
    #expect(throws: ResultError.noOperator(symbol: "+", operands: [.text, .integer])) {
      try ResultOperator.add.type(.text, .integer)
    }
    #expect(throws: ResultError.noOperator(symbol: "%", operands: [.double, .integer])) {
      try ResultOperator.remainder.type(.double, .integer)
    }
    #expect(throws: ResultError.noOperator(symbol: "=", operands: [.date, .text])) {
      try ResultOperator.equal.type(.date, .text)
    }
    #expect(throws: ResultError.noOperator(symbol: "=", operands: [.integer, .text])) {
      try ResultFunction.nullif.type(of: [.integer, .text])
    }
    #expect(throws: ResultError.noOperator(symbol: "+", operands: [.boolean, nil])) {
      try ResultOperator.add.type(.boolean, nil)
    }
    #expect(
      throws: ResultError.unmatchedTypes(construct: "COALESCE", types: [.integer, nil, .text])
    ) {
      try ResultFunction.coalesce.type(of: [.integer, nil, .text])
    }
    #expect(throws: ResultError.noFunction(name: "round", arguments: [.double, .integer])) {
      try ResultFunction.round.type(of: [.double, .integer])
    }
    #expect(throws: ResultError.noFunction(name: "round", arguments: [.numeric, .numeric])) {
      try ResultFunction.round.type(of: [.numeric, .numeric])
    }
    #expect(throws: ResultError.noFunction(name: "abs", arguments: [.text])) {
      try ResultFunction.abs.type(of: [.text])
    }
    #expect(throws: ResultError.noFunction(name: "sqrt", arguments: [])) {
      try ResultFunction.sqrt.apply([])
    }
    #expect(throws: ResultError.noFunction(name: "power", arguments: [.integer])) {
      try ResultFunction.power.apply([.integer(2)])
    }
    #expect(throws: ResultError.noFunction(name: "greatest", arguments: [])) {
      try ResultFunction.greatest.apply([])
    }
    #expect(throws: ResultError.doubleOnly(function: "ln")) {
      try ResultFunction.ln.type(of: [.numeric])
    }
  }
}
