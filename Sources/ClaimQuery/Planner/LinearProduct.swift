/// A weighted product of linear forms: one term of the distributed form.
package struct LinearProduct: Hashable, Sendable {
  package var weight: Int64
  /// At least one.
  package var factors: [LinearForm]

  package init(weight: Int64, factors: [LinearForm]) {
    self.weight = weight
    self.factors = factors
  }

  package var negated: LinearProduct { LinearProduct(weight: -weight, factors: factors) }

  /// The same sum with its single-factor terms as one; no term when it is zero.
  package static func merging(_ products: [LinearProduct]) -> [LinearProduct] {
    let linear = products.filter { $0.factors.count == 1 }
      .flatMap { product in
        product.factors.flatMap { $0.scaled(by: product.weight).terms }
      }
    let form = LinearForm(summing: linear)
    let others = products.filter { $0.factors.count > 1 }
    return form == .zero ? others : [LinearProduct(weight: 1, factors: [form])] + others
  }

  /// What makes one distributed form of a set dearer than another: the longest product, then the
  /// terms, then the columns.
  package static func cost(_ products: [LinearProduct]) -> (Int, Int, Int) {
    (
      products.map(\.factors.count).max() ?? 0, products.count,
      products.reduce(0) { $0 + $1.factors.reduce(0) { $0 + $1.terms.count } }
    )
  }
}
