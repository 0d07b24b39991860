import BigInteger
import ClaimQuery
import ClaimSchema

/// An aggregate over plain records, written without any of the planner's parts.
struct PlainAggregate {
  /// What the aggregate is.
  enum Value {
    case null
    case integer(Int64)
    case exact(PlainNumber)
    /// Rounded to its decimals, halves away from zero.
    case quotient(PlainNumber, by: Int)
    /// A variance or deviation, a `numeric`.
    case decimalNear(Double)
    /// A covariance or correlation, a `double precision`.
    case doubleNear(Double)
  }

  let value: Value
  /// The records in which no argument is NULL.
  let values: Int
  /// The same without those in which CASE makes the arguments 0.
  let contributors: Int

  init(_ aggregate: Aggregate, over records: [PlainTruth]) {
    let admitted = records.filter { record in
      aggregate.filter.map { record.value($0) == true } ?? true
    }
    let arguments = aggregate.arguments
    if aggregate.function == .count {
      let counted = admitted.filter { record in arguments.allSatisfy(record.isNotNull) }
      (values, contributors) = (counted.count, counted.count)
      if aggregate.isDistinct, case .column(let reference)? = arguments.first {
        value = .integer(Int64(Set(counted.map { $0.record[reference.name] }).count))
      } else {
        value = .integer(Int64(counted.count))
      }
      return
    }
    let taken = admitted.filter { record in arguments.allSatisfy { record.number($0) != nil } }
    values = taken.count
    contributors = taken.count { record in !arguments.allSatisfy(record.isAlwaysZero) }
    let x = taken.compactMap { $0.number(arguments[0]) }
    let y = arguments.count > 1 ? taken.compactMap { $0.number(arguments[1]) } : []
    value = PlainAggregate.value(
      aggregate.function, x, y, isWhole: records.first?.isWhole(arguments[0]) ?? true)
  }

  private static func value(
    _ function: AggregateFunction, _ x: [PlainNumber], _ y: [PlainNumber], isWhole: Bool
  ) -> Value {
    guard let first = x.first else { return .null }
    let sum = x.dropFirst().reduce(first, +)
    let doubles = x.map(\.double)
    let isSample = function == .varianceSample || function == .deviationSample
    switch function {
    case .count: return .null
    case .sum: return isWhole ? .integer(Int64(sum.unscaled)) : .exact(sum)
    case .avg: return .quotient(sum, by: x.count)
    case .variancePopulation, .varianceSample, .deviationPopulation, .deviationSample:
      guard !isSample || x.count > 1 else { return .null }
      let variance =
        covariance(doubles, doubles) * Double(x.count) / Double(x.count - (isSample ? 1 : 0))
      let isVariance = function == .variancePopulation || function == .varianceSample
      return .decimalNear(isVariance ? variance : variance.squareRoot())
    case .covariancePopulation: return .doubleNear(covariance(doubles, y.map(\.double)))
    case .correlation:
      guard !isConstant(x), !isConstant(y) else { return .null }
      let others = y.map(\.double)
      return .doubleNear(
        covariance(doubles, others)
          / (covariance(doubles, doubles) * covariance(others, others)).squareRoot())
    }
  }

  /// From the differences to the means.
  private static func covariance(_ x: [Double], _ y: [Double]) -> Double {
    let (meanX, meanY) = (
      x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count)
    )
    return zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / Double(x.count)
  }

  private static func isConstant(_ numbers: [PlainNumber]) -> Bool {
    let scale = numbers.map(\.scale).max() ?? 0
    return Set(numbers.map { $0.units(scale) }).count < 2
  }

  /// Whether a released value is this one, in type too.
  func matches(_ released: ResultValue) -> Bool {
    switch (value, released) {
    case (.null, .null): return true
    case (.integer(let own), .integer(let other)): return own == other
    case (.exact(let own), .numeric(let other)):
      return BigInteger(own.units(max(own.scale, other.scale)))
        == other.unscaled * PlainAggregate.power(max(0, own.scale - other.scale))
    case (.quotient(let sum, let count), .numeric(let other)):
      // |other − sum / count| is at most half a unit of other's last decimal.
      let difference =
        other.unscaled * BigInteger(count) * PlainAggregate.power(sum.scale)
        - BigInteger(sum.unscaled) * PlainAggregate.power(other.scale)
      return other.scale >= sum.scale
        && 2 * difference.magnitude <= BigInteger(count) * PlainAggregate.power(sum.scale)
    case (.decimalNear(let own), .numeric(let other)):
      return Double(other.text).map { PlainAggregate.isNear($0, own) } ?? false
    case (.doubleNear(let own), .double(let other)): return PlainAggregate.isNear(other, own)
    default: return false
    }
  }

  private static func power(_ exponent: Int) -> BigInteger {
    (0..<exponent).reduce(BigInteger(1)) { power, _ in power * 10 }
  }

  private static func isNear(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
  }
}
