import ClaimSchema

/// A sum of stored ciphertext columns with small integer weights: no product, depth 0.
public struct LinearForm: Hashable, Sendable {
  /// In canonical order; no column twice; no weight 0.
  public let terms: [Term]

  /// One column with its weight.
  public struct Term: Hashable, Sendable {
    /// What is added.
    public let column: LatticeColumn
    /// How often; negative to subtract.
    public let weight: Int64

    package init(column: LatticeColumn, weight: Int64) {
      self.column = column
      self.weight = weight
    }
  }

  /// Brings any list of terms into canonical form.
  package init(summing terms: some Sequence<Term>) {
    var sum: [Term] = []
    for term in terms.sorted(by: { $0.column < $1.column }) {
      if let last = sum.last, last.column == term.column {
        sum[sum.count - 1] = Term(column: term.column, weight: last.weight + term.weight)
      } else {
        sum.append(term)
      }
    }
    self.terms = sum.filter { $0.weight != 0 }
  }

  package init(_ column: LatticeColumn) {
    terms = [Term(column: column, weight: 1)]
  }

  package static let zero = LinearForm(summing: [])

  /// Σ |weight|: how much the sum multiplies a column's noise at most.
  public var weightSum: Int64 { terms.reduce(0) { $0 + abs($1.weight) } }

  package func scaled(by factor: Int64) -> LinearForm {
    factor == 1
      ? self
      : LinearForm(summing: terms.map { Term(column: $0.column, weight: $0.weight * factor) })
  }

  package static func + (a: LinearForm, b: LinearForm) -> LinearForm {
    LinearForm(summing: a.terms + b.terms)
  }

  package static func - (a: LinearForm, b: LinearForm) -> LinearForm {
    a + b.scaled(by: -1)
  }
}
