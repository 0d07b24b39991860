/// SQL's functions of released values.
public enum ResultFunction: String, CaseIterable, Hashable, Sendable {
  case round
  case trunc
  case ceil
  case floor
  case abs
  case sqrt
  case power
  case ln
  case exp
  case mod
  case coalesce
  case nullif
  case greatest
  case least

  /// The function of a name in lower case, `ceiling` and `pow` among them; nil if there is none.
  package init?(named name: String) {
    self.init(rawValue: ["ceiling": "ceil", "pow": "power"][name, default: name])
  }

  /// The type of the result for arguments of these types; nil is NULL without a type.
  ///
  /// Of whole numbers alone, `round`, `trunc`, `ceil`, `floor`, `sqrt`, `power`, `ln` and `exp` make a
  /// `double precision`, as PostgreSQL does.
  ///
  /// - Throws: ``ResultError/noFunction(name:arguments:)``,
  ///   ``ResultError/unmatchedTypes(construct:types:)``, ``ResultError/doubleOnly(function:)``.
  package func type(of arguments: [ResultType?]) throws(ResultError) -> ResultType? {
    guard takes(arguments.count) else { throw noFunction(arguments) }
    if self == .nullif { return try typeOfComparison(arguments) }
    if isAlternative { return try ResultType.common(of: arguments, in: rawValue.uppercased()) }
    guard arguments.allSatisfy({ $0?.isNumber != false }) else { throw noFunction(arguments) }
    let type = try ResultType.common(of: arguments, in: rawValue)
    switch self {
    case .abs: return type
    case .mod:
      guard type != .double else { throw noFunction(arguments) }
      return type
    case .round, .trunc:
      guard arguments.count == 2 else { break }
      // Only numeric is rounded to places.
      guard type != .double, arguments.last != .numeric else { throw noFunction(arguments) }
      return .numeric
    case .ln, .exp:
      guard type != .numeric else { throw .doubleOnly(function: rawValue) }
    default: break
    }
    return type == .integer ? .double : type
  }

  /// True for the functions that choose one of their arguments.
  private var isAlternative: Bool {
    switch self {
    case .coalesce, .greatest, .least: true
    default: false
    }
  }

  /// The type that both sides of a comparison take.
  private func typeOfComparison(_ sides: [ResultType?]) throws(ResultError) -> ResultType? {
    do {
      return try ResultType.common(of: sides, in: rawValue)
    } catch {
      throw .noOperator(symbol: ResultOperator.equal.rawValue, operands: sides)
    }
  }

  private func takes(_ count: Int) -> Bool {
    switch self {
    case .round, .trunc: count == 1 || count == 2
    case .ceil, .floor, .abs, .sqrt, .ln, .exp: count == 1
    case .power, .mod, .nullif: count == 2
    case .coalesce, .greatest, .least: count > 0
    }
  }

  private func noFunction(_ arguments: [ResultType?]) -> ResultError {
    .noFunction(name: rawValue, arguments: arguments)
  }
}
