import ClaimQuery

/// Calculations with released values, as PostgreSQL answers them.
struct ResultVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let form: Form
  }

  /// What the expressions of a group are.
  enum Form: String, Decodable, Sendable {
    case `operator`
    case negation
    case function
    case cast
    case literal
    case double
    case aggregate
    case pair
  }

  struct Case: Decodable, Sendable {
    /// The operator, function, target type, literal, or the bits of a double.
    let name: String
    let arguments: [String]
    /// Nil for NULL.
    let type: String?
    let value: String?
    /// Of invalid cases: the SQLSTATE.
    let state: String?
  }

  static let name = "query.result"

  private let form: Form

  init(_ group: Group) { form = group.form }

  func run(_ vector: Case) throws {
    let sample = ResultSample(name: vector.name, arguments: vector.arguments)
    let value: ResultValue
    do {
      value = try sample.value(form)
    } catch let error as ResultError {
      try VectorCheck.equal("state", error.state, vector.state ?? "")
      throw error
    }
    try VectorCheck.equal("type", value.type?.vectorName, vector.type)
    if form == .pair, isClose(value.text(), vector.value) { return }
    try VectorCheck.equal("value", value.text(), vector.value)
  }

  /// PostgreSQL adds up pairs in doubles: its own last digits are not exact.
  private func isClose(_ ours: String?, _ theirs: String?) -> Bool {
    guard let ours = ours.flatMap(Double.init), let theirs = theirs.flatMap(Double.init) else {
      return false
    }
    return abs(ours - theirs) <= 1e-12 * abs(theirs)
  }
}

extension ResultType {
  fileprivate var vectorName: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .numeric: "numeric"
    case .double: "double"
    case .text: "text"
    case .date: "date"
    }
  }
}

extension ResultError {
  /// The SQLSTATE that PostgreSQL has for what the error says; empty where it has none.
  fileprivate var state: String {
    switch self {
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
      ""
    }
  }
}
