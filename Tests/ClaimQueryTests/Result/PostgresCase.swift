import BigInteger
import ClaimQuery
import Testing
import _TestSupport

/// One expression and what PostgreSQL 15 answered to it (`Vectors/query/postgres-results.json`).
struct PostgresCase: Decodable {
  /// What the expression is made of.
  enum Kind: String, Decodable, CaseIterable {
    case `operator`, negation, function, cast, literal, double, aggregate, pair
  }

  let kind: Kind
  /// The operator, function, target type, literal, or the bits of a double.
  let name: String
  /// `type:text` or `null`; of aggregates, the column's type and scale and then its values in units
  /// of the last place.
  let arguments: [String]
  /// `type:text`, `null`, or `error:` and the SQLSTATE.
  let value: String

  static func all() throws -> [PostgresCase] {
    struct File: Decodable { let cases: [PostgresCase] }
    return try readVectors(File.self, from: "query/postgres-results.json").cases
  }
}

extension PostgresCase {
  /// What this package answers, in the words of ``value``.
  func answer() throws -> String {
    do {
      let value = try calculated()
      guard let type = value.type else { return "null" }
      return "\(Self.names[type] ?? ""):\(value.text() ?? "")"
    } catch let error as ResultError {
      return "error:" + Self.state(error)
    }
  }

  /// The value as this package calculates it.
  func calculated() throws -> ResultValue {
    switch kind {
    case .operator:
      let symbol = try #require(ResultOperator(rawValue: name))
      return try symbol.apply(argument(0), argument(1))
    case .negation: return try argument(0).negated()
    case .function:
      let function = try #require(ResultFunction(named: name))
      return try function.apply(arguments.indices.map { try argument($0) })
    case .cast: return try argument(0).cast(to: target())
    case .literal: return try ResultValue.number(name)
    case .double:
      return .double(Double(bitPattern: try #require(UInt64(name, radix: 16))))
    case .aggregate: return try aggregate()
    case .pair: return try pairAggregate()
    }
  }

  private static let names: [ResultType: String] = [
    .boolean: "boolean", .integer: "integer", .numeric: "numeric", .double: "double",
    .text: "text", .date: "date",
  ]

  private func argument(_ index: Int) throws -> ResultValue {
    let text = try #require(arguments.indices.contains(index) ? arguments[index] : nil)
    guard text != "null" else { return .null }
    let type = text.prefix { $0 != ":" }
    let value = String(text.dropFirst(type.count + 1))
    switch type {
    case "boolean": return .boolean(value == "true")
    case "integer": return .integer(try #require(Int64(value)))
    case "numeric": return .numeric(try Numeric(literal: value))
    case "double": return .double(try #require(Double(value)))
    case "text": return .text(value)
    case "date": return .date(value)
    default: throw UnknownCase(text: text)
    }
  }

  private func target() throws -> CastTarget {
    switch name {
    case "integer": return .integer
    case "bigint": return .bigint
    case "numeric": return .numeric
    case "double precision": return .double
    case "text": return .text
    default:
      let numbers = name.split { "numeric(,)".contains($0) }.compactMap { Int($0) }
      try #require(numbers.count == 2, "\(name)")
      return .decimal(precision: numbers[0], scale: numbers[1])
    }
  }

  /// The SQLSTATE that PostgreSQL has for what the error says.
  private static func state(_ error: ResultError) -> String {
    switch error {
    case .divisionByZero: "22012"
    case .integerOutOfRange, .numericOverflow, .fieldOverflow, .doubleOverflow, .doubleUnderflow:
      "22003"
    case .zeroToNegativePower, .negativeToFractionalPower, .squareRootOfNegative: "2201F"
    case .logarithmOfZero, .logarithmOfNegative: "2201E"
    case .precisionOutOfRange, .scaleOutOfRange: "22023"
    case .noOperator, .noFunction: "42883"
    case .unmatchedTypes: "42804"
    case .noCast: "42846"
    case .notADate: "22007"
    case .notANumber, .notFinite, .fractionalPower, .powerTooLong, .doubleOnly,
      .contradictoryTotals:
      "\(error)"
    }
  }
}

extension PostgresCase {
  private func integers(_ text: String) throws -> [BigInteger] {
    try text.split(separator: " ").map { try #require(BigInteger(decimal: String($0))) }
  }

  private func aggregate() throws -> ResultValue {
    let header = try #require(arguments.first).split(separator: ":")
    let scale = header.count == 2 ? try #require(Int(header[1])) : 0
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
    default: throw UnknownCase(text: name)
    }
  }

  private func pairAggregate() throws -> ResultValue {
    let scales = try integers(try #require(arguments.first)).compactMap { Int64(exactly: $0) }
    let pairs = try arguments.dropFirst().map(integers)
    try #require(scales.count == 2 && pairs.allSatisfy { $0.count == 2 })
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
    default: throw UnknownCase(text: name)
    }
  }
}

/// Something in the file that no case has.
private struct UnknownCase: Error {
  let text: String
}
