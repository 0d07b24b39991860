import ClaimSchema

extension IndicatorExpression {
  /// The multiplicative depth of a balanced evaluation: 0 for a linear form, the deepest term's for
  /// a sum, and ⌈log2 Σ 2^d⌉ for a product of factors of depths d. Multiplying the two shallowest
  /// factors first (Huffman's order) reaches it.
  public var depth: Int {
    switch self {
    case .linear: 0
    case .sum(let terms): terms.map(\.expression.depth).max() ?? 0
    case .product(let factors): IndicatorExpression.depth(multiplying: factors)
    }
  }

  /// The depth of the balanced product of `factors`.
  package static func depth(multiplying factors: [IndicatorExpression]) -> Int {
    depth(ofLoad: load(of: factors))
  }

  /// Σ 2^depth: a product fits in depth d when its load is at most 2^d.
  package static func load(of factors: [IndicatorExpression]) -> Int {
    factors.reduce(0) { $0 + (1 << min($1.depth, 40)) }
  }

  /// The least d with 2^d at least `load`.
  package static func depth(ofLoad load: Int) -> Int {
    load <= 1 ? 0 : Int.bitWidth - (load - 1).leadingZeroBitCount
  }

  /// The most linear factors that one product of the expression has, were sums distributed.
  public var factorCount: Int {
    switch self {
    case .linear: 1
    case .sum(let terms): terms.map(\.expression.factorCount).max() ?? 0
    case .product(let factors): factors.reduce(0) { $0 + $1.factorCount }
    }
  }

  /// How many multiplications an evaluation makes that does not look for equal parts.
  package var multiplicationCount: Int {
    switch self {
    case .linear: 0
    case .sum(let terms): terms.reduce(0) { $0 + $1.expression.multiplicationCount }
    case .product(let factors):
      factors.reduce(factors.count - 1) { $0 + $1.multiplicationCount }
    }
  }

  /// The product of `factors` as nested products of two, in an order of least depth; nil when there
  /// is no factor. The same factors in the same order always give the same tree.
  package static func balanced(_ factors: [IndicatorExpression]) -> IndicatorExpression? {
    var queue = factors.flatMap(\.factors).map(\.pairwise)
      .enumerated().sorted { ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset) }
      .map(\.element)
    while queue.count > 1 {
      let pair = IndicatorExpression.product([queue[0], queue[1]])
      queue.removeFirst(2)
      let depth = pair.depth
      let place = queue.firstIndex { $0.depth > depth } ?? queue.endIndex
      queue.insert(pair, at: place)
    }
    return queue.first
  }

  /// The same expression with every product nested as products of two.
  package var pairwise: IndicatorExpression {
    switch self {
    case .linear: self
    case .sum(let terms):
      .sum(terms.map { WeightedTerm(weight: $0.weight, expression: $0.expression.pairwise) })
    case .product(let factors): IndicatorExpression.balanced(factors) ?? .occupied
    }
  }
}
