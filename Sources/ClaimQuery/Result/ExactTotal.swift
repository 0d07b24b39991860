import BigInteger

/// How many values there are and what they add up to, exactly.
package struct ExactTotal: Hashable, Sendable {
  /// The values that are not NULL.
  package let count: BigInteger
  /// Their sum, in units of 10^-`scale`.
  package let sum: BigInteger
  /// The decimals of a sum: the largest scale among the values.
  package let scale: Int

  package init(count: BigInteger, sum: BigInteger, scale: Int) {
    self.count = count
    self.sum = sum
    self.scale = scale
  }

  /// SQL's `sum`: a `bigint` over whole numbers, a `numeric` over decimals, NULL over nothing.
  ///
  /// - Throws: ``ResultError/integerOutOfRange(typeName:)`` for a `bigint` beyond 64 bits,
  ///   ``ResultError/noCast(from:to:)`` for a type that has no exact sum, and
  ///   ``ResultError/contradictoryTotals`` for totals that no values have.
  package func value(as type: ResultType) throws(ResultError) -> ResultValue {
    try checkCount()
    guard !count.isZero else { return .null }
    switch type {
    case .numeric: return .numeric(try Numeric(unscaled: sum, scale: scale))
    case .integer:
      guard scale == 0, let value = Int64(exactly: sum) else {
        throw .integerOutOfRange(typeName: type.name)
      }
      return .integer(value)
    case .boolean, .double, .text, .date: throw .noCast(from: .numeric, to: type.name)
    }
  }

  /// SQL's `avg` over whole numbers or decimals: the sum divided by the count as a `numeric` division
  /// does it; NULL over nothing.
  ///
  /// - Throws: ``ResultError/contradictoryTotals`` for totals that no values have.
  package func mean() throws(ResultError) -> ResultValue {
    try checkCount()
    guard !count.isZero else { return .null }
    let sum = try Numeric(unscaled: sum, scale: scale)
    return .numeric(try sum.divided(by: Numeric(unscaled: count, scale: 0)))
  }

  private func checkCount() throws(ResultError) {
    guard count.signum > 0 || (count.isZero && sum.isZero) else { throw .contradictoryTotals }
  }
}
