import ClaimSchema

/// A sum of stored ciphertext columns with small integer weights: no product, depth 0.
public struct LinearForm: Hashable, Sendable {
  /// Canonical order (the order of the columns' stored keys); no column twice; no weight 0.
  public var terms: [Term]

  public struct Term: Hashable, Sendable {
    public var column: LatticeColumn
    public var weight: Int64

    public init(column: LatticeColumn, weight: Int64) {
      self.column = column
      self.weight = weight
    }
  }

  public init(terms: [Term]) {
    self.terms = terms
  }
}

/// An arithmetic expression whose value in each slot is 0 or 1 (or, for a total, the summed value).
public indirect enum IndicatorExpression: Hashable, Sendable {
  /// 0 in every slot.
  case zero
  /// A depth-0 factor.
  case linear(LinearForm)
  /// 1 where the clear predicate with this index in the plan is TRUE, in clear.
  case mask(Int)
  /// A product of at least two factors.
  case product([IndicatorExpression])
  /// A weighted sum of at least one term.
  case sum([WeightedTerm])

  public struct WeightedTerm: Hashable, Sendable {
    public var weight: Int64
    public var expression: IndicatorExpression

    public init(weight: Int64, expression: IndicatorExpression) {
      self.weight = weight
      self.expression = expression
    }
  }
}
