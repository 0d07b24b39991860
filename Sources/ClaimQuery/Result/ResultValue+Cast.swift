import BigInteger
import Foundation

/// What a CAST names.
public enum CastTarget: Hashable, Sendable {
  /// `integer`: 32 bits.
  case integer
  /// `bigint`: 64 bits.
  case bigint
  case numeric
  /// `numeric(precision, scale)`.
  case decimal(precision: Int, scale: Int)
  case double
  case text

  /// The type of what comes out.
  package var type: ResultType {
    switch self {
    case .integer, .bigint: .integer
    case .numeric, .decimal: .numeric
    case .double: .double
    case .text: .text
    }
  }

  /// The name in SQL.
  package var name: String { self == .integer ? "integer" : type.name }
}

extension ResultValue {
  /// The value in a type that it takes without being told to: a narrower number in a wider type, and
  /// any value in its own. NULL stays NULL.
  ///
  /// - Throws: ``ResultError/noCast(from:to:)``; ``ResultError/doubleOverflow`` and
  ///   ``ResultError/doubleUnderflow`` for a `numeric` that no double is near.
  package func promoted(to type: ResultType) throws(ResultError) -> ResultValue {
    switch (self, type) {
    case (.null, _): return .null
    case (.integer(let value), .numeric): return .numeric(Numeric(value))
    case (.integer(let value), .double): return .double(Double(value))
    case (.numeric(let value), .double): return .double(try value.nearestDouble())
    default:
      guard let own = self.type, own != type else { return self }
      throw .noCast(from: own, to: type.name)
    }
  }

  /// The value in the type that a CAST names. NULL stays NULL.
  ///
  /// To whole numbers `numeric` rounds half away from zero and `double precision` half to even. A
  /// `double precision` becomes the `numeric` of its first 15 digits.
  ///
  /// - Throws: ``ResultError`` for a value that the type cannot hold, for a precision or scale that
  ///   there is not, and for casts that are not supported, those from text among them.
  package func cast(to target: CastTarget) throws(ResultError) -> ResultValue {
    switch (self, target) {
    case (.null, _): return .null
    case (_, .text): return text().map(ResultValue.text) ?? .null
    case (.boolean(let value), .integer), (.boolean(let value), .bigint):
      return .integer(value ? 1 : 0)
    case (.integer, .integer), (.integer, .bigint), (.numeric, .integer), (.numeric, .bigint),
      (.double, .integer), (.double, .bigint):
      return .integer(try whole(in: target))
    case (.integer(let value), .numeric): return .numeric(Numeric(value))
    case (.numeric, .numeric): return self
    case (.double(let value), .numeric): return .numeric(try Numeric(fifteenDigitsOf: value))
    case (_, .decimal(let precision, let scale)):
      guard case .numeric(let value) = try cast(to: .numeric) else { return .null }
      return .numeric(try value.fitted(precision: precision, scale: scale))
    case (.integer, .double), (.numeric, .double), (.double, .double):
      return try promoted(to: .double)
    default:
      guard let type else { return .null }
      throw .noCast(from: type, to: target.name)
    }
  }

  /// The number rounded to a whole one that the target's bits hold.
  private func whole(in target: CastTarget) throws(ResultError) -> Int64 {
    let number: Int64? =
      switch self {
      case .integer(let value): value
      case .numeric(let value): Int64(exactly: try value.rounded(places: 0).unscaled)
      case .double(let value): Int64(exactly: value.rounded(.toNearestOrEven))
      default: nil
      }
    guard let number, target != .integer || Int32(exactly: number) != nil else {
      throw .integerOutOfRange(typeName: target.name)
    }
    return number
  }
}

extension Numeric {
  /// The number that the first 15 significant digits write, with no zeros at their end.
  init(fifteenDigitsOf value: Double) throws(ResultError) {
    guard value.isFinite else { throw .notFinite }
    try self.init(literal: String(format: "%.15g", value))
  }

  /// The number rounded to `scale` decimals, or to tens by a negative scale.
  func fitted(precision: Int, scale: Int) throws(ResultError) -> Numeric {
    guard (1...1000).contains(precision) else { throw .precisionOutOfRange(precision) }
    guard (-1000...1000).contains(scale) else { throw .scaleOutOfRange(scale) }
    let result = try rounded(places: scale)
    // A negative scale leaves zeros before the point, which do not count as digits.
    guard result.unscaled.magnitude < .powerOfTen(precision + max(0, -scale)) else {
      throw .fieldOverflow(precision: precision, scale: scale)
    }
    return result
  }
}
