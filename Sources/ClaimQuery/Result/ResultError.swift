/// Why a result cannot be calculated. The messages are PostgreSQL's where it has one, with what to
/// do about it; none carries a value.
package enum ResultError: Error, Hashable, Sendable {
  /// The divisor is zero.
  case divisionByZero
  /// The number does not fit SQL's `integer` or `bigint`, as named.
  case integerOutOfRange(typeName: String)
  /// More digits than PostgreSQL's `numeric` holds: 131,072 before the point.
  case numericOverflow
  /// More digits before the point than `numeric(precision, scale)` holds.
  case fieldOverflow(precision: Int, scale: Int)
  /// A precision that is not from 1 to 1000.
  case precisionOutOfRange(Int)
  /// A scale that is not from -1000 to 1000.
  case scaleOutOfRange(Int)
  /// Too large for `double precision`.
  case doubleOverflow
  /// Not zero, but too small for `double precision`.
  case doubleUnderflow
  /// `double precision` infinity or not-a-number where a number is needed.
  case notFinite
  /// Zero to a negative power.
  case zeroToNegativePower
  /// A negative number to a power that is no whole number.
  case negativeToFractionalPower
  /// A `numeric` to a power that is no whole number.
  case fractionalPower
  /// A whole power whose exact digits would be too many.
  case powerTooLong
  /// The square root of a negative number.
  case squareRootOfNegative
  /// The logarithm of zero.
  case logarithmOfZero
  /// The logarithm of a negative number.
  case logarithmOfNegative
  /// An operator between types that it does not take; NULL without a type is nil.
  case noOperator(symbol: String, operands: [ResultType?])
  /// A function of types or of a number of arguments that it does not take.
  case noFunction(name: String, arguments: [ResultType?])
  /// A function that exists for `double precision` only.
  case doubleOnly(function: String)
  /// Alternatives of one value with types that have nothing in common.
  case unmatchedTypes(construct: String, types: [ResultType?])
  /// No conversion between these types.
  case noCast(from: ResultType, to: String)
  /// A constant that is no decimal number.
  case notANumber
  /// A constant that is no day.
  case notADate
  /// Sums that no records can have.
  case contradictoryTotals
}

extension ResultError: CustomStringConvertible {
  /// What was wrong, and what to do where something can be done.
  package var description: String {
    switch self {
    case .divisionByZero:
      "division by zero: write the divisor as nullif(divisor, 0) to get NULL instead"
    case .integerOutOfRange(let typeName):
      "\(typeName) out of range: cast an operand to numeric"
    case .numericOverflow:
      "value overflows numeric format: it has more than 131072 digits before the point"
    case .fieldOverflow(let precision, let scale):
      "numeric field overflow: numeric(\(precision), \(scale)) holds absolute values below"
        + " 10^\(precision - scale); give it more precision"
    case .precisionOutOfRange(let precision):
      "NUMERIC precision \(precision) must be between 1 and 1000"
    case .scaleOutOfRange(let scale):
      "NUMERIC scale \(scale) must be between -1000 and 1000"
    case .doubleOverflow: "value out of range: overflow of double precision; use numeric"
    case .doubleUnderflow: "value out of range: underflow of double precision; use numeric"
    case .notFinite: "infinity and NaN have no value of this type"
    case .zeroToNegativePower: "zero raised to a negative power is undefined"
    case .negativeToFractionalPower:
      "a negative number raised to a non-integer power yields a complex result"
    case .fractionalPower:
      "a numeric is raised to whole powers only: cast it to double precision"
    case .powerTooLong: "the power has too many exact digits: cast the base to double precision"
    case .squareRootOfNegative: "cannot take square root of a negative number"
    case .logarithmOfZero: "cannot take logarithm of zero"
    case .logarithmOfNegative: "cannot take logarithm of a negative number"
    case .noOperator(let symbol, let operands):
      "operator does not exist: \(Self.operation(symbol, operands.map(Self.name)));"
        + " cast an operand"
    case .noFunction(let name, let arguments):
      "function \(name)(\(Self.list(arguments))) does not exist; cast an argument"
    case .doubleOnly(let function):
      "\(function) of numeric is not supported: cast the argument to double precision"
    case .unmatchedTypes(let construct, let types):
      "\(construct) types \(Self.list(types)) cannot be matched; cast them to one type"
    case .noCast(let source, let target): "cannot cast type \(source.name) to \(target)"
    case .notANumber: "the constant is not a decimal number"
    case .notADate: "the constant is not a date such as '2009-01-31'"
    case .contradictoryTotals:
      "the totals contradict each other: no records have them, so the answer is not to be trusted"
    }
  }

  private static func name(_ type: ResultType?) -> String { type?.name ?? "unknown" }

  private static func list(_ types: [ResultType?]) -> String {
    types.map(name).joined(separator: ", ")
  }

  private static func operation(_ symbol: String, _ operands: [String]) -> String {
    guard let first = operands.first, operands.count > 1 else {
      return "\(symbol) \(operands.joined())"
    }
    return "\(first) \(symbol) \(operands.dropFirst().joined(separator: " "))"
  }
}
