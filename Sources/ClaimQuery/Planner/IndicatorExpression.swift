import ClaimSchema

/// An arithmetic expression over ciphertext columns whose value in each slot is 0 or 1 (or, as an
/// operand of a total, the summed value).
///
/// Masks of clear columns never stand inside: they are lifted to the terms of a total, so that no
/// path to a total holds more than one plaintext product.
public indirect enum IndicatorExpression: Hashable, Sendable {
  /// A depth-0 factor.
  case linear(LinearForm)
  /// A product of at least two factors. In the operands of a `TotalTerm` it has exactly two, nested
  /// in the order in which they are to be multiplied.
  case product([IndicatorExpression])
  /// A weighted sum of at least one term.
  case sum([WeightedTerm])

  /// An expression and how often it is added.
  public struct WeightedTerm: Hashable, Sendable {
    /// How often; negative to subtract.
    public let weight: Int64
    /// What is added.
    public let expression: IndicatorExpression

    package init(weight: Int64, expression: IndicatorExpression) {
      self.weight = weight
      self.expression = expression
    }
  }
}

extension IndicatorExpression {
  /// 1 in every slot that holds a record.
  package static let occupied = IndicatorExpression.linear(LinearForm(.occupied))

  /// The product of `factors` with inner products opened; `occupied` when there is none.
  package static func multiplying(_ factors: [IndicatorExpression]) -> IndicatorExpression {
    let opened = factors.flatMap(\.factors)
    guard let first = opened.first else { return .occupied }
    return opened.count == 1 ? first : .product(opened)
  }

  /// The weighted sum of `terms` with its linear terms as one.
  package static func adding(_ terms: [WeightedTerm]) -> IndicatorExpression {
    var linear = LinearForm.zero
    var others: [WeightedTerm] = []
    for term in terms {
      switch term.expression {
      case .linear(let form): linear = linear + form.scaled(by: term.weight)
      case .sum(let inner):
        for nested in inner {
          if case .linear(let form) = nested.expression {
            linear = linear + form.scaled(by: term.weight * nested.weight)
          } else {
            others.append(
              WeightedTerm(weight: term.weight * nested.weight, expression: nested.expression))
          }
        }
      case .product: others.append(term)
      }
    }
    if others.isEmpty { return .linear(linear) }
    if let only = others.first, others.count == 1, only.weight == 1, linear == .zero {
      return only.expression
    }
    let head =
      linear == .zero ? [] : [WeightedTerm(weight: 1, expression: .linear(linear))]
    return .sum(head + others)
  }

  /// `a - b`.
  package static func subtracting(
    _ b: IndicatorExpression, from a: IndicatorExpression
  ) -> IndicatorExpression {
    adding([
      WeightedTerm(weight: 1, expression: a), WeightedTerm(weight: -1, expression: b),
    ])
  }

  /// The factors of a product, or the expression itself.
  package var factors: [IndicatorExpression] {
    if case .product(let factors) = self { factors.flatMap(\.factors) } else { [self] }
  }

  /// The linear form, when the expression is one.
  package var linearForm: LinearForm? {
    if case .linear(let form) = self { form } else { nil }
  }
}
