import ClaimQuery
import ClaimSchema
import _TestSupport

/// An exact decimal: `unscaled` · 10^-`scale`.
struct PlainNumber {
  var unscaled: Int128
  var scale: Int

  init(_ unscaled: Int128, scale: Int) {
    self.unscaled = unscaled
    self.scale = scale
  }

  /// A constant such as `-0.25`.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let value = Int128(parts.joined()) else { return nil }
    self.init(value, scale: parts.count == 2 ? parts[1].count : 0)
  }

  /// In units of 10^-`scale`, which is not smaller than its own.
  func units(_ scale: Int) -> Int128 {
    (self.scale..<max(self.scale, scale)).reduce(unscaled) { value, _ in value * 10 }
  }

  var double: Double { Double(unscaled) / (0..<scale).reduce(1) { power, _ in power * 10 } }

  static func + (a: PlainNumber, b: PlainNumber) -> PlainNumber {
    let scale = max(a.scale, b.scale)
    return PlainNumber(a.units(scale) + b.units(scale), scale: scale)
  }

  static prefix func - (a: PlainNumber) -> PlainNumber {
    PlainNumber(-a.unscaled, scale: a.scale)
  }

  static func * (a: PlainNumber, b: PlainNumber) -> PlainNumber {
    PlainNumber(a.unscaled * b.unscaled, scale: a.scale + b.scale)
  }
}

/// What aggregates take of one plain record, written without any of the planner's parts.
extension PlainTruth {
  /// The value; nil is NULL.
  func number(_ expression: ValueExpression) -> PlainNumber? {
    number(expression) { name in
      guard case .number(let number)? = record[name] else { return nil }
      return PlainNumber(Int128(number), scale: scale(of: name))
    }
  }

  /// Whether the value is 0 whatever the columns hold, the conditions of CASE apart: polynomials of
  /// degree 2 that vanish at so many random points are 0.
  func isAlwaysZero(_ expression: ValueExpression) -> Bool {
    var random = SeededGenerator(seed: 7)
    return (0..<12).allSatisfy { _ in
      var point: [String: PlainNumber] = [:]
      for column in schema.columns {
        point[column.name] = PlainNumber(
          Int128(Int64.random(in: 1...1_000_000, using: &random)), scale: 0)
      }
      return number(expression) { point[$0] }?.unscaled == 0
    }
  }

  /// Whether the expression, whose columns may be of any type, is not NULL.
  func isNotNull(_ expression: ValueExpression) -> Bool {
    switch expression {
    case .column(let reference), .whole(let reference): return record[reference.name] != .null
    case .literal(let literal): return literal.value != .null
    case .negated(let inner): return isNotNull(inner)
    case .arithmetic(_, let left, let right): return isNotNull(left) && isNotNull(right)
    case .conditional(let branches, let otherwise):
      return chosen(branches, otherwise).map(isNotNull) ?? false
    }
  }

  /// Whether SQL has the expression as a whole number; nil for NULL without a type.
  func isWhole(_ expression: ValueExpression) -> Bool? {
    switch expression {
    case .column(let reference): return scale(of: reference.name) == 0
    case .whole: return true
    case .literal(let literal):
      guard case .number(let text) = literal.value else { return nil }
      return !text.contains(".")
    case .negated(let inner): return isWhole(inner)
    case .arithmetic(_, let left, let right):
      return (isWhole(left) ?? true) && (isWhole(right) ?? true)
    case .conditional(let branches, let otherwise):
      let values = branches.map(\.value) + (otherwise.map { [$0] } ?? [])
      let types = values.compactMap(isWhole)
      return types.isEmpty ? nil : types.allSatisfy { $0 }
    }
  }

  private func scale(of name: String) -> Int {
    if case .money(let scale, _, _)? = schema.column(named: name)?.type { scale } else { 0 }
  }

  private func chosen(
    _ branches: [ValueBranch], _ otherwise: ValueExpression?
  ) -> ValueExpression? {
    for branch in branches where value(branch.condition) == true { return branch.value }
    return otherwise
  }

  private func number(
    _ expression: ValueExpression, _ cell: (String) -> PlainNumber?
  ) -> PlainNumber? {
    switch expression {
    case .column(let reference), .whole(let reference): return cell(reference.name)
    case .literal(let literal):
      guard case .number(let text) = literal.value else { return nil }
      return PlainNumber(text)
    case .negated(let inner): return number(inner, cell).map { -$0 }
    case .arithmetic(let operation, let left, let right):
      guard let a = number(left, cell), let b = number(right, cell) else { return nil }
      switch operation {
      case .add: return a + b
      case .subtract: return a + -b
      case .multiply: return a * b
      }
    case .conditional(let branches, let otherwise):
      return chosen(branches, otherwise).flatMap { number($0, cell) }
    }
  }
}
