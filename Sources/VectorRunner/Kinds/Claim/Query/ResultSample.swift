import BigInteger
import ClaimQuery

/// One expression over released values, in the words of a vector.
struct ResultSample: Sendable {
  let name: String
  let arguments: [String]

  /// - Throws: `ResultError` for what cannot be calculated, ``SampleError`` for what a vector does not
  ///   write so.
  func value(_ form: ResultVectors.Form) throws -> ResultValue {
    switch form {
    case .operator:
      return try known(ResultOperator(rawValue: name), name).apply(argument(0), argument(1))
    case .negation: return try argument(0).negated()
    case .function:
      return try known(ResultFunction(named: name), name)
        .apply(arguments.indices.map { try argument($0) })
    case .cast: return try argument(0).cast(to: target())
    case .literal: return try ResultValue.number(name)
    case .double:
      return .double(Double(bitPattern: try known(UInt64(name, radix: 16), name)))
    case .aggregate: return try aggregate()
    case .pair: return try pairAggregate()
    }
  }

  private func known<Value>(_ value: Value?, _ text: String) throws(SampleError) -> Value {
    guard let value else { throw .notAValue(text, column: name) }
    return value
  }

  private func argument(_ index: Int) throws -> ResultValue {
    guard arguments.indices.contains(index) else {
      throw SampleError.notAValue("", column: name)
    }
    let text = arguments[index]
    guard text != "null" else { return .null }
    let type = text.prefix { $0 != ":" }
    let value = String(text.dropFirst(type.count + 1))
    switch type {
    case "boolean": return .boolean(value == "true")
    case "integer": return .integer(try known(Int64(value), text))
    case "numeric": return .numeric(try Numeric(literal: value))
    case "double": return .double(try known(Double(value), text))
    case "text": return .text(value)
    case "date": return .date(value)
    default: throw SampleError.notAValue(text, column: name)
    }
  }

  private func target() throws(SampleError) -> CastTarget {
    switch name {
    case "integer": return .integer
    case "bigint": return .bigint
    case "numeric": return .numeric
    case "double precision": return .double
    case "text": return .text
    default:
      let numbers = name.split { "numeric(,)".contains($0) }.compactMap { Int($0) }
      guard numbers.count == 2 else { throw .notAValue(name, column: "cast") }
      return .decimal(precision: numbers[0], scale: numbers[1])
    }
  }
}

extension ResultSample {
  private func integers(_ text: String) throws -> [BigInteger] {
    try text.split(separator: " ").map { try known(BigInteger(decimal: String($0)), text) }
  }

  private func aggregate() throws -> ResultValue {
    let header = (arguments.first ?? "").split(separator: ":")
    let scale = header.count == 2 ? try known(Int(header[1]), arguments[0]) : 0
    let values = try arguments.dropFirst().flatMap(integers)
    let count = BigInteger(values.count)
    let sum = values.reduce(0, +)
    let total = ExactTotal(count: count, sum: sum, scale: scale)
    let moments = Moments(
      count: count, sum: sum, sumOfSquares: values.reduce(0) { $0 + $1 * $1 }, scale: scale)
    switch name {
    case "sum": return try total.value(as: header.first == "integer" ? .integer : .numeric)
    case "avg": return try total.mean()
    case "var_pop": return try moments.variance(.population)
    case "var_samp": return try moments.variance(.sample)
    case "stddev_pop": return try moments.standardDeviation(.population)
    case "stddev_samp": return try moments.standardDeviation(.sample)
    default: throw SampleError.notAValue(name, column: "aggregate")
    }
  }

  private func pairAggregate() throws -> ResultValue {
    let scales = try integers(arguments.first ?? "").compactMap { Int64(exactly: $0) }
    let pairs = try arguments.dropFirst().map(integers)
    guard scales.count == 2, pairs.allSatisfy({ $0.count == 2 }) else {
      throw SampleError.notAValue(arguments.first ?? "", column: name)
    }
    func sum(_ term: ([BigInteger]) -> BigInteger) -> BigInteger {
      pairs.reduce(0) { $0 + term($1) }
    }
    let moments = PairMoments(
      count: BigInteger(pairs.count), sumX: sum { $0[0] }, sumY: sum { $0[1] },
      sumOfProducts: sum { $0[0] * $0[1] }, sumOfSquaresX: sum { $0[0] * $0[0] },
      sumOfSquaresY: sum { $0[1] * $0[1] }, scaleX: Int(scales[0]), scaleY: Int(scales[1]))
    switch name {
    case "covar_pop": return try moments.populationCovariance()
    case "corr": return try moments.correlation()
    default: throw SampleError.notAValue(name, column: "pair")
    }
  }
}
