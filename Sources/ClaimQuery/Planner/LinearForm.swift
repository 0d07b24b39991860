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
    var weights: [LatticeColumn: Int64] = [:]
    for term in terms { weights[term.column, default: 0] += term.weight }
    self.terms = weights.filter { $0.value != 0 }
      .map { Term(column: $0.key, weight: $0.value) }
      .sorted { $0.column < $1.column }
  }

  package init(_ column: LatticeColumn) {
    terms = [Term(column: column, weight: 1)]
  }

  package static let zero = LinearForm(summing: [])

  /// Σ |weight|: how much the sum multiplies a column's noise at most.
  public var weightSum: Int64 { terms.reduce(0) { $0 + abs($1.weight) } }

  package func scaled(by factor: Int64) -> LinearForm {
    LinearForm(summing: terms.map { Term(column: $0.column, weight: $0.weight * factor) })
  }

  package static func + (a: LinearForm, b: LinearForm) -> LinearForm {
    LinearForm(summing: a.terms + b.terms)
  }

  package static func - (a: LinearForm, b: LinearForm) -> LinearForm {
    a + b.scaled(by: -1)
  }
}
