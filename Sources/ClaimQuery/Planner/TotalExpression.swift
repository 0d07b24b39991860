import ClaimSchema

/// What is added up over all slots of all chunks for one total of one group: Σ weight · mask ·
/// operands, ready to be evaluated.
public struct TotalExpression: Hashable, Sendable {
  /// The terms; none for a total that is 0 whatever the table holds.
  public let terms: [TotalTerm]

  package init(terms: [TotalTerm]) {
    self.terms = terms
  }
}

/// One term of a total.
public struct TotalTerm: Hashable, Sendable {
  /// How often the term is added; negative to subtract. 1 for a linear term.
  public let weight: Int64
  /// The records that count, in clear. It is the only mask on the term's path, so masks of clear
  /// grouping keys can be joined to it, and it may be applied to either operand.
  public let mask: ClearMask
  /// What is evaluated on ciphertexts.
  public let operands: Operands

  package init(weight: Int64, mask: ClearMask, operands: Operands) {
    self.weight = weight
    self.mask = mask
    self.operands = operands
  }

  /// What is evaluated on ciphertexts.
  public enum Operands: Hashable, Sendable {
    /// No product of ciphertexts at all.
    case linear(LinearForm)
    /// One product, to be accumulated over the chunks without relinearization: its two operands,
    /// whose own products are nested as products of two in the order in which they are to be
    /// multiplied. What depends on the last hidden grouping column stands on the left, so that the
    /// right operand is the same for many groups.
    case product(IndicatorExpression, IndicatorExpression)
  }

  /// Whether a mask is put on the left operand of a product: it belongs where no value is, so that one
  /// masked operand serves all limbs of a value.
  package var masksLeft: Bool {
    guard case .product(let left, let right) = operands else { return false }
    return right.hasValue && !left.hasValue
  }

  /// The operands as factors.
  public var factors: [IndicatorExpression] {
    switch operands {
    case .linear(let form): [.linear(form)]
    case .product(let left, let right): [left, right]
    }
  }

  /// The depth of a balanced evaluation of all factors, the summed value included. An evaluation in
  /// the order given may be deeper, but never deeper than the schema's depth.
  public var depth: Int {
    IndicatorExpression.depth(multiplying: factors.flatMap(\.factors))
  }

  /// The most linear factors that one product of the term has.
  public var factorCount: Int { factors.reduce(0) { $0 + $1.factorCount } }
}

extension IndicatorExpression {
  /// Whether it reads a summed value.
  fileprivate var hasValue: Bool {
    switch self {
    case .linear(let form):
      form.terms.contains { if case .value = $0.column { true } else { false } }
    case .product(let factors): factors.contains(where: \.hasValue)
    case .sum(let terms): terms.contains(where: \.expression.hasValue)
    }
  }
}
