import ClaimSchema

/// How one column's set is computed from its digit indicators.
///
/// At each level the digit values with equal subtrees are taken together: Σ over the distinct
/// subtrees S of (sum of the indicators that lead to S) · expression(S). A record has one value for
/// each digit, so the terms exclude each other and add.
extension ColumnSet {
  /// The set's indicator as factors of a product.
  package var factors: [IndicatorExpression] {
    expression.factors
  }

  /// The set's indicator, directly or as what is left by its complement, whichever costs less.
  package var expression: IndicatorExpression {
    let direct = IndicatorExpression.adding(nullTerm + [unit(treeExpression)])
    let rest = complement
    let indirect = IndicatorExpression.subtracting(
      .adding(rest.nullTerm + [unit(rest.treeExpression)]), from: .occupied)
    return indirect.cost < direct.cost ? indirect : direct
  }

  /// The set's indicator as a sum of products of linear forms; a single product's factors all.
  package var products: [LinearProduct] {
    let direct = LinearProduct.merging(nullProducts + treeProducts(values, level: 0))
    let rest = complement
    let indirect = LinearProduct.merging(
      [LinearProduct(weight: 1, factors: [LinearForm(.occupied)])]
        + (rest.nullProducts + treeProducts(rest.values, level: 0)).map(\.negated))
    return LinearProduct.cost(indirect) < LinearProduct.cost(direct) ? indirect : direct
  }

  /// 1 where the column has a value.
  package static func presence(of column: HiddenColumn) -> LinearForm {
    LinearForm(column.isNullable ? .present(column: column.name) : .occupied)
  }

  private var presence: LinearForm { ColumnSet.presence(of: column) }

  private func unit(_ expression: IndicatorExpression) -> IndicatorExpression.WeightedTerm {
    .init(weight: 1, expression: expression)
  }

  private var nullForm: LinearForm? {
    includesNull ? LinearForm(.occupied) - presence : nil
  }

  private var nullTerm: [IndicatorExpression.WeightedTerm] {
    nullForm.map { [unit(.linear($0))] } ?? []
  }

  private var nullProducts: [LinearProduct] {
    nullForm.map { [LinearProduct(weight: 1, factors: [$0])] } ?? []
  }

  private var treeExpression: IndicatorExpression {
    treeExpression(values, level: 0)
  }

  private func treeExpression(_ set: DigitSet, level: Int) -> IndicatorExpression {
    switch set {
    case .none: .linear(.zero)
    case .all: .linear(presence)
    // Values that agree on all of a digit do not depend on it.
    case .split(let children) where ColumnSet.agree(children):
      treeExpression(children[0], level: level + 1)
    case .split(let children):
      .adding(
        branches(children, level: level).map { branch in
          branch.subtree == .all
            ? unit(.linear(branch.form))
            : unit(
              .multiplying([
                .linear(branch.form), treeExpression(branch.subtree, level: level + 1),
              ]))
        })
    }
  }

  private func treeProducts(_ set: DigitSet, level: Int) -> [LinearProduct] {
    switch set {
    case .none: []
    case .all: [LinearProduct(weight: 1, factors: [presence])]
    case .split(let children) where ColumnSet.agree(children):
      treeProducts(children[0], level: level + 1)
    case .split(let children):
      branches(children, level: level).flatMap { branch in
        branch.subtree == .all
          ? [LinearProduct(weight: 1, factors: [branch.form])]
          : treeProducts(branch.subtree, level: level + 1).map { tail in
            LinearProduct(weight: tail.weight, factors: [branch.form] + tail.factors)
          }
      }
    }
  }

  /// Whether a digit makes no difference: all its values lead to one subtree.
  private static func agree(_ children: [DigitSet]) -> Bool {
    children.dropFirst().allSatisfy { $0 == children[0] }
  }

  /// The distinct subtrees with a value in them, in the order of their first digit value, each with
  /// the sum of the indicators that lead to it.
  private func branches(
    _ children: [DigitSet], level: Int
  ) -> [(subtree: DigitSet, form: LinearForm)] {
    var order: [DigitSet] = []
    var digits: [DigitSet: [Int]] = [:]
    for (digit, child) in children.enumerated() where child != .none {
      if digits[child] == nil { order.append(child) }
      digits[child, default: []].append(digit)
    }
    return order.map { subtree in
      (subtree, form(of: digits[subtree] ?? [], outOf: children.count, level: level))
    }
  }

  /// Σ of the digit's indicators. They all sum to the presence, so more than half of them are
  /// cheaper by what is left.
  private func form(of digits: [Int], outOf size: Int, level: Int) -> LinearForm {
    func sum(_ digits: some Sequence<Int>, weight: Int64) -> [LinearForm.Term] {
      digits.map {
        .init(column: .indicator(column: column.name, digit: level, value: $0), weight: weight)
      }
    }
    guard digits.count * 2 > size else { return LinearForm(summing: sum(digits, weight: 1)) }
    let selected = Set(digits)
    let rest = sum((0..<size).filter { !selected.contains($0) }, weight: -1)
    return LinearForm(summing: presence.terms + rest)
  }
}

extension IndicatorExpression {
  /// What makes one form of a set dearer than another: depth, then products, then columns.
  fileprivate var cost: (Int, Int, Int) {
    (depth, multiplicationCount, columnCount)
  }

  private var columnCount: Int {
    switch self {
    case .linear(let form): form.terms.count
    case .sum(let terms): terms.reduce(0) { $0 + $1.expression.columnCount }
    case .product(let factors): factors.reduce(0) { $0 + $1.columnCount }
    }
  }
}
