/// SQL's operators between two released values.
package enum ResultOperator: String, CaseIterable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "^"
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// True for the operators that give a truth value.
  package var isComparison: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .remainder, .power: false
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    }
  }

  /// The type of the result; nil is NULL without a type.
  ///
  /// - Throws: ``ResultError/noOperator(symbol:operands:)``.
  package func type(
    _ left: ResultType?, _ right: ResultType?
  ) throws(ResultError) -> ResultType? {
    let operand = try operandType(left, right)
    return isComparison ? .boolean : operand
  }

  /// The value of `left` operator `right`: NULL if one of them is NULL, otherwise PostgreSQL's value
  /// and scale. Whole numbers divide to whole numbers, cut off. A double and another number meet as
  /// doubles, in comparisons too.
  ///
  /// - Throws: ``ResultError`` for types that the operator does not take, for a zero divisor and for
  ///   results that the type does not hold.
  package func apply(
    _ left: ResultValue, _ right: ResultValue
  ) throws(ResultError) -> ResultValue {
    guard let type = try operandType(left.type, right.type), !left.isNull, !right.isNull else {
      return .null
    }
    let (a, b) = (try left.promoted(to: type), try right.promoted(to: type))
    if isComparison { return .boolean(holds(ResultOrder.compare(a, b))) }
    switch (a, b) {
    case (.integer(let a), .integer(let b)): return .integer(try integers(a, b))
    case (.numeric(let a), .numeric(let b)): return .numeric(try numerics(a, b))
    case (.double(let a), .double(let b)): return .double(try doubles(a, b))
    default: throw .noOperator(symbol: rawValue, operands: [left.type, right.type])
    }
  }

  /// The type that both operands take.
  private func operandType(
    _ left: ResultType?, _ right: ResultType?
  ) throws(ResultError) -> ResultType? {
    guard let known = left ?? right else { return nil }
    let common = known.widened(with: right ?? known)
    // Whole numbers have no power of their own, doubles no remainder.
    let type = self == .power && common == .integer ? .double : common
    guard let type, isComparison || type.isNumber, self != .remainder || type != .double else {
      throw .noOperator(symbol: rawValue, operands: [left, right])
    }
    return type
  }

  private func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .add, .subtract, .multiply, .divide, .remainder, .power: false
    }
  }
}

extension ResultOperator {
  private func integers(_ a: Int64, _ b: Int64) throws(ResultError) -> Int64 {
    if self == .divide || self == .remainder, b == 0 { throw .divisionByZero }
    // The smallest number by -1 overflows in the machine, but leaves nothing.
    if self == .remainder, b == -1 { return 0 }
    let (result, overflows): (Int64, Bool) =
      switch self {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      case .divide: a.dividedReportingOverflow(by: b)
      case .remainder: a.remainderReportingOverflow(dividingBy: b)
      default: throw .noOperator(symbol: rawValue, operands: [.integer, .integer])
      }
    guard !overflows else { throw .integerOutOfRange(typeName: ResultType.integer.name) }
    return result
  }

  private func numerics(_ a: Numeric, _ b: Numeric) throws(ResultError) -> Numeric {
    switch self {
    case .add: try a.plus(b)
    case .subtract: try a.minus(b)
    case .multiply: try a.times(b)
    case .divide: try a.divided(by: b)
    case .remainder: try a.remainder(dividingBy: b)
    case .power: try a.raised(to: b)
    default: throw .noOperator(symbol: rawValue, operands: [.numeric, .numeric])
    }
  }

  private func doubles(_ a: Double, _ b: Double) throws(ResultError) -> Double {
    switch self {
    case .add: try CheckedDouble.sum(a, b)
    case .subtract: try CheckedDouble.sum(a, -b)
    case .multiply: try CheckedDouble.product(a, b)
    case .divide: try CheckedDouble.quotient(a, b)
    case .power: try CheckedDouble.power(a, b)
    default: throw .noOperator(symbol: rawValue, operands: [.double, .double])
    }
  }
}

extension ResultValue {
  /// The number of the opposite sign; NULL for NULL. SQL's minus in front.
  ///
  /// - Throws: ``ResultError``: out of range for the smallest `bigint`, no operator for what is no
  ///   number.
  package func negated() throws(ResultError) -> ResultValue {
    switch self {
    case .null: .null
    case .integer: try ResultOperator.subtract.apply(.integer(0), self)
    case .numeric(let value): .numeric(try value.negated())
    case .double(let value): .double(-value)
    case .boolean, .text, .date: throw .noOperator(symbol: "-", operands: [type])
    }
  }
}
