import BigInteger

/// The decrypted totals of one group, before the disclosure policy has seen them.
package struct OpenedGroup: Sendable {
  /// The keys of all grouping expressions in the order of GROUP BY; nil is the NULL group.
  package let keys: [String?]
  /// The totals in the order of `Plan.totals`.
  package let totals: [BigInteger]

  package init(keys: [String?], totals: [BigInteger]) {
    self.keys = keys
    self.totals = totals
  }

  /// The records that an aggregate tells about.
  func contributors(of aggregate: AggregateSpecification) -> BigInteger {
    sum(of: aggregate.contributors)
  }

  private func sum(of indices: [Int]) -> BigInteger {
    indices.reduce(BigInteger()) { $0 + totals[$1] }
  }

  /// The value of a sum, in its units.
  func value(of total: LinearTotal) -> BigInteger {
    total.terms.reduce(BigInteger()) { $0 + $1.coefficient * totals[$1.total] }
  }

  /// The aggregate's value; sums, counts and what means are made of are rounded.
  ///
  /// - Throws: `ResultError` for totals that no records have.
  func value(
    of aggregate: AggregateSpecification, rounding: Rounding
  ) throws(ResultError) -> ResultValue {
    let count = sum(of: aggregate.values)
    switch aggregate.kind {
    case .count: return try integer(rounding.rounded(count))
    case .distinct(let keys): return .integer(Int64(keys.count { !totals[$0].isZero }))
    case .sum(let total):
      // Noise may leave a sum over no record.
      guard !count.isZero else { return .null }
      return try ExactTotal(
        count: count, sum: rounding.rounded(value(of: total), scale: total.scale),
        scale: total.scale
      ).value(as: total.isInteger ? .integer : .numeric)
    case .mean(let total):
      let divisor = rounding.rounded(count)
      guard !divisor.isZero else { return .null }
      return try ExactTotal(
        count: divisor, sum: rounding.rounded(value(of: total), scale: total.scale),
        scale: total.scale
      ).mean()
    case .dispersion(let sum, let squares):
      let moments = Moments(
        count: count, sum: value(of: sum), sumOfSquares: value(of: squares), scale: sum.scale)
      switch aggregate.aggregate.function {
      case .variancePopulation: return try moments.variance(.population)
      case .varianceSample: return try moments.variance(.sample)
      case .deviationPopulation: return try moments.standardDeviation(.population)
      default: return try moments.standardDeviation(.sample)
      }
    case .association(let x, let y, let products, let squares):
      let moments = PairMoments(
        count: count, sumX: value(of: x), sumY: value(of: y), sumOfProducts: value(of: products),
        sumOfSquaresX: squares.first.map(value), sumOfSquaresY: squares.last.map(value),
        scaleX: x.scale, scaleY: y.scale)
      return try aggregate.aggregate.function == .correlation
        ? moments.correlation() : moments.populationCovariance()
    }
  }

  private func integer(_ value: BigInteger) throws(ResultError) -> ResultValue {
    guard let value = Int64(exactly: value) else {
      throw .integerOutOfRange(typeName: "bigint")
    }
    return .integer(value)
  }
}

extension AggregateSpecification {
  /// The SQL type of its values.
  package var resultType: ResultType {
    switch kind {
    case .count, .distinct: .integer
    case .sum(let total): total.isInteger ? .integer : .numeric
    case .mean, .dispersion: .numeric
    case .association: .double
    }
  }
}
