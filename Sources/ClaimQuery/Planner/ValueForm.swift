import BigInteger
import ClaimSchema

/// A value expression by cases that exclude each other: in each it is a polynomial, or NULL.
struct ValueForm: Hashable {
  /// One case.
  struct Branch: Hashable {
    let condition: Condition
    /// Nil where the value is NULL, whatever the columns hold.
    let polynomial: ValuePolynomial?
  }

  let branches: [Branch]
  /// Whether SQL has the expression as a whole number, by the types of all that is written in it,
  /// cases that no record can meet included; nil for NULL without a type.
  let isInteger: Bool?

  /// The most cases of one expression.
  static let limit = 256

  /// The expression times another one, case by case.
  func multiplied(by other: ValueForm) throws(QueryError) -> ValueForm {
    try ValueForm.combine(self, other) { $0 * $1 }
  }

  fileprivate static func combine(
    _ a: ValueForm, _ b: ValueForm,
    _ operation: (ValuePolynomial, ValuePolynomial) -> ValuePolynomial
  ) throws(QueryError) -> ValueForm {
    var branches: [Branch] = []
    for left in a.branches {
      for right in b.branches {
        let condition = Condition.all(of: [left.condition, right.condition])
        guard condition != .constant(false) else { continue }
        var polynomial: ValuePolynomial?
        if let x = left.polynomial, let y = right.polynomial { polynomial = operation(x, y) }
        branches.append(Branch(condition: condition, polynomial: polynomial))
      }
      try check(branches.count)
    }
    return ValueForm(
      branches: branches, isInteger: widened([a.isInteger, b.isInteger]))
  }

  /// The type of several values together.
  fileprivate static func widened(_ types: [Bool?]) -> Bool? {
    let known = types.compactMap(\.self)
    return known.isEmpty ? nil : known.allSatisfy { $0 }
  }

  fileprivate static func check(_ count: Int) throws(QueryError) {
    guard count <= limit else {
      throw .tooLarge(
        what: "cases of one aggregate's argument", count: count, limit: limit,
        remedy: "use fewer CASE expressions in one aggregate")
    }
  }
}

extension ConditionBuilder {
  /// The cases of an expression whose columns are summed. `function` is the aggregate's name, for
  /// errors.
  func form(
    of expression: ValueExpression, for function: AggregateFunction
  ) throws(QueryError) -> ValueForm {
    switch expression {
    case .column(let reference):
      let column = try column(reference)
      let (scale, isInteger) = try summedScale(of: column, at: reference, for: function)
      return .always(
        ValuePolynomial(column: column.name, scale: scale), isInteger: isInteger)
    case .whole(let reference):
      let column = try column(reference)
      guard case .integer = column.type else {
        throw .columnUse(
          column: column.name, position: reference.position,
          problem:
            "its values have decimals, which a cast to a whole number would round one by one",
          remedy: "leave the cast out, or round the sum")
      }
      return try form(of: .column(reference), for: function)
    case .literal(let literal):
      guard literal.value != .null else { return .always(nil, isInteger: nil) }
      return .always(
        try constant(literal, for: function), isInteger: literal.resultType == .integer)
    case .negated(let inner):
      let form = try form(of: inner, for: function)
      return ValueForm(
        branches: form.branches.map {
          ValueForm.Branch(condition: $0.condition, polynomial: $0.polynomial.map { -$0 })
        }, isInteger: form.isInteger)
    case .arithmetic(let operation, let left, let right):
      let a = try form(of: left, for: function)
      let b = try form(of: right, for: function)
      switch operation {
      case .add: return try ValueForm.combine(a, b) { $0 + $1 }
      case .subtract: return try ValueForm.combine(a, b) { $0 + -$1 }
      case .multiply: return try a.multiplied(by: b)
      }
    case .conditional(let cases, let otherwise):
      var branches: [ValueForm.Branch] = []
      var types: [Bool?] = []
      func add(_ value: ValueExpression?, where condition: Condition) throws(QueryError) {
        let inner = try value.map { value throws(QueryError) in try form(of: value, for: function) }
        types.append(inner?.isInteger)
        guard condition != .constant(false) else { return }
        for branch in (inner ?? .always(nil, isInteger: nil)).branches {
          let both = Condition.all(of: [condition, branch.condition])
          guard both != .constant(false) else { continue }
          branches.append(ValueForm.Branch(condition: both, polynomial: branch.polynomial))
        }
        try ValueForm.check(branches.count)
      }
      var rest = Condition.constant(true)
      for item in cases {
        let condition = try self.condition(item.condition)
        try add(item.value, where: .all(of: [rest, condition]))
        rest = .all(of: [rest, condition.complement])
      }
      try add(otherwise, where: rest)
      return ValueForm(branches: branches, isInteger: ValueForm.widened(types))
    }
  }

  /// When the expression is not NULL. Its columns may be of any type.
  func isNotNull(_ expression: ValueExpression) throws(QueryError) -> Condition {
    switch expression {
    case .column(let reference), .whole(let reference):
      return try condition(.isNull(reference), is: false)
    case .literal(let literal): return .constant(literal.value != .null)
    case .negated(let inner): return try isNotNull(inner)
    case .arithmetic(_, let left, let right):
      return .all(of: [try isNotNull(left), try isNotNull(right)])
    case .conditional(let cases, let otherwise):
      var operands: [Condition] = []
      var rest = Condition.constant(true)
      for item in cases {
        let condition = try self.condition(item.condition)
        operands.append(.all(of: [rest, condition, try isNotNull(item.value)]))
        rest = .all(of: [rest, condition.complement])
      }
      if let otherwise { operands.append(.all(of: [rest, try isNotNull(otherwise)])) }
      return .any(of: operands)
    }
  }

  private func constant(
    _ literal: Literal, for function: AggregateFunction
  ) throws(QueryError) -> ValuePolynomial {
    guard case .number(let text) = literal.value else {
      throw .unsupported(
        construct: "\(function.rawValue) of a constant that is no number",
        position: literal.position, instead: "Write a number, or count(*) to count records.")
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let scale = parts.count == 2 ? parts[1].utf8.count : 0
    guard scale <= ValuePolynomial.scaleLimit, parts.count <= 2, text.utf8.count <= 128,
      let value = BigInteger(decimal: parts.joined())
    else {
      throw .unsupported(
        construct: "a number in this form", position: literal.position,
        instead: "Write it in digits, such as 2500.00.")
    }
    return ValuePolynomial(constant: value, scale: scale)
  }

  /// The decimals of a column that can be summed, and whether it holds whole numbers.
  private func summedScale(
    of column: Column, at reference: ColumnReference, for function: AggregateFunction
  ) throws(QueryError) -> (scale: Int, isInteger: Bool) {
    let result: (Int, Bool)
    switch column.type {
    case .integer: result = (0, true)
    case .money(let decimals, _, _): result = (decimals, false)
    case .text, .category, .code, .date:
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "its values are not numbers, as \(function.rawValue) needs",
        remedy: "write count(\(column.name)), or aggregate an integer or money column")
    }
    switch column.protection {
    case .paillier: return result
    case .encrypted where column.uses.contains(.sum): return result
    case .encrypted:
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "it is encrypted for WHERE and GROUP BY, not for sums",
        remedy: "add sum to its use in the schema and encrypt again")
    case .clear, .drop:
      throw .columnUse(
        column: column.name, position: reference.position,
        problem: "it is clear, and only encrypted values are summed",
        remedy: "protect it as paillier, or as encrypted with use sum, and encrypt again")
    }
  }
}

extension ValueForm {
  fileprivate static func always(
    _ polynomial: ValuePolynomial?, isInteger: Bool?
  ) -> ValueForm {
    ValueForm(
      branches: [Branch(condition: .constant(true), polynomial: polynomial)],
      isInteger: isInteger)
  }
}
