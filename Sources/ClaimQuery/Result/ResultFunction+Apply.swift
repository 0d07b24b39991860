extension ResultFunction {
  /// The value for these arguments. The functions of numbers are NULL if an argument is; `coalesce`,
  /// `greatest` and `least` pass NULL by; `nullif` compares.
  ///
  /// NULL has no type here. Where an argument may be NULL, promote the result to the ``type(of:)`` of
  /// the arguments' declared types: `coalesce(NULL, 7)` is then 7 as a `numeric` if the NULL was one.
  ///
  /// - Throws: ``ResultError``, as PostgreSQL does.
  package func apply(_ arguments: [ResultValue]) throws(ResultError) -> ResultValue {
    let type = try type(of: arguments.map(\.type))
    guard let type, let first = arguments.first else { return .null }
    switch self {
    case .coalesce: return try (arguments.first { !$0.isNull } ?? .null).promoted(to: type)
    case .greatest: return try outermost(arguments, type) { $0 > 0 }
    case .least: return try outermost(arguments, type) { $0 < 0 }
    case .nullif:
      let isSame = try ResultOperator.equal.apply(first, arguments.last ?? .null)
      return isSame == .boolean(true) ? .null : try first.promoted(to: type)
    default: break
    }
    guard !arguments.contains(where: \.isNull) else { return .null }
    let second = arguments.dropFirst().first
    if let second, self == .mod { return try ResultOperator.remainder.apply(first, second) }
    if let second, self == .power { return try ResultOperator.power.apply(first, second) }
    switch try first.promoted(to: type) {
    case .numeric(let value): return .numeric(try of(value, places: second))
    case .double(let value): return .double(try of(value))
    // Of the functions of one number only `abs` leaves a bigint.
    case let value: return ResultOrder.compare(value, .integer(0)) < 0 ? try value.negated() : value
    }
  }

  /// The one of those that are not NULL that is in front of all others.
  private func outermost(
    _ values: [ResultValue], _ type: ResultType, _ isInFront: (Int) -> Bool
  ) throws(ResultError) -> ResultValue {
    var result = ResultValue.null
    for value in values where !value.isNull {
      let candidate = try value.promoted(to: type)
      if result.isNull || isInFront(ResultOrder.compare(candidate, result)) { result = candidate }
    }
    return result
  }

  private func of(_ value: Numeric, places: ResultValue?) throws(ResultError) -> Numeric {
    var decimals = 0
    if case .integer(let count) = places { decimals = Int(clamping: count) }
    return switch self {
    case .round: try value.rounded(places: decimals)
    case .trunc: try value.truncated(places: decimals)
    case .ceil: try value.ceiling()
    case .floor: try value.floor()
    case .abs: value.signum < 0 ? try value.negated() : value
    case .sqrt: try value.squareRoot()
    default: throw .noFunction(name: rawValue, arguments: [.numeric])
    }
  }

  private func of(_ value: Double) throws(ResultError) -> Double {
    switch self {
    case .round: value.rounded(.toNearestOrEven)
    case .trunc: value.rounded(.towardZero)
    case .ceil: value.rounded(.up)
    case .floor: value.rounded(.down)
    case .abs: value.magnitude
    case .sqrt: try CheckedDouble.squareRoot(value)
    case .ln: try CheckedDouble.logarithm(value)
    case .exp: try CheckedDouble.exponential(value)
    default: throw .noFunction(name: rawValue, arguments: [.double])
    }
  }
}
