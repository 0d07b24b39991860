import Foundation

/// Arithmetic of `double precision` that refuses what PostgreSQL refuses. Operands are finite.
enum CheckedDouble {
  static func sum(_ a: Double, _ b: Double) throws(ResultError) -> Double { try finite(a + b) }

  static func product(_ a: Double, _ b: Double) throws(ResultError) -> Double {
    try notLost(a * b, isZero: a == 0 || b == 0)
  }

  static func quotient(_ a: Double, _ b: Double) throws(ResultError) -> Double {
    guard b != 0 else { throw .divisionByZero }
    return try notLost(a / b, isZero: a == 0)
  }

  static func squareRoot(_ a: Double) throws(ResultError) -> Double {
    guard a >= 0 else { throw .squareRootOfNegative }
    return a.squareRoot()
  }

  static func power(_ base: Double, _ exponent: Double) throws(ResultError) -> Double {
    if base == 0, exponent < 0 { throw .zeroToNegativePower }
    if base < 0, exponent != exponent.rounded() { throw .negativeToFractionalPower }
    return try notLost(pow(base, exponent), isZero: base == 0)
  }

  static func logarithm(_ a: Double) throws(ResultError) -> Double {
    guard a != 0 else { throw .logarithmOfZero }
    guard a > 0 else { throw .logarithmOfNegative }
    return log(a)
  }

  static func exponential(_ a: Double) throws(ResultError) -> Double {
    try notLost(exp(a), isZero: false)
  }

  /// Refuses zero where the exact result is none.
  private static func notLost(_ result: Double, isZero: Bool) throws(ResultError) -> Double {
    guard result != 0 || isZero else { throw .doubleUnderflow }
    return try finite(result)
  }

  private static func finite(_ result: Double) throws(ResultError) -> Double {
    guard result.isFinite else { throw .doubleOverflow }
    return result
  }
}
