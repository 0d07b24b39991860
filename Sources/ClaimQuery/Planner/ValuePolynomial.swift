import BigInteger
import ClaimSchema

/// What is summed of one record, as a polynomial of degree 2 at most in the columns' values.
struct ValuePolynomial: Hashable {
  /// Names of columns in ascending order, at most two.
  typealias Monomial = [String]

  /// Σ coefficient · (product of the columns in minor units), in units of 10^-scale; no zero.
  private(set) var terms: [Monomial: BigInteger]
  /// The columns that it reads, those whose terms cancel included: NULL in one makes the value NULL.
  let columns: Set<String>
  /// The decimals that PostgreSQL gives to the value.
  let scale: Int

  /// The most decimals of a constant expression.
  static let scaleLimit = 64

  private init(_ terms: [Monomial: BigInteger], columns: Set<String>, scale: Int) {
    self.terms = terms.filter { !$0.value.isZero }
    self.columns = columns
    self.scale = scale
  }

  init(column: String, scale: Int) {
    self.init([[column]: 1], columns: [column], scale: scale)
  }

  init(constant: BigInteger, scale: Int) {
    self.init([[]: constant], columns: [], scale: scale)
  }

  /// The terms in a fixed order.
  var orderedTerms: [(monomial: Monomial, coefficient: BigInteger)] {
    terms.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { ($0.key, $0.value) }
  }

  /// The same value in units of 10^-scale, for a scale that is not smaller.
  func rescaled(to scale: Int) -> ValuePolynomial {
    let factor = ValuePolynomial.power(scale - self.scale)
    return ValuePolynomial(terms.mapValues { $0 * factor }, columns: columns, scale: scale)
  }

  static func + (a: ValuePolynomial, b: ValuePolynomial) -> ValuePolynomial {
    let scale = max(a.scale, b.scale)
    let sum = a.rescaled(to: scale).terms.merging(b.rescaled(to: scale).terms, uniquingKeysWith: +)
    return ValuePolynomial(sum, columns: a.columns.union(b.columns), scale: scale)
  }

  static prefix func - (a: ValuePolynomial) -> ValuePolynomial {
    ValuePolynomial(a.terms.mapValues { -$0 }, columns: a.columns, scale: a.scale)
  }

  /// The product; a monomial of it may have too many columns, which the caller looks for.
  static func * (a: ValuePolynomial, b: ValuePolynomial) -> ValuePolynomial {
    var product: [Monomial: BigInteger] = [:]
    for (left, x) in a.terms {
      for (right, y) in b.terms {
        product[(left + right).sorted(), default: 0] += x * y
      }
    }
    return ValuePolynomial(
      product, columns: a.columns.union(b.columns), scale: a.scale + b.scale)
  }

  private static func power(_ exponent: Int) -> BigInteger {
    (0..<max(0, exponent)).reduce(BigInteger(1)) { power, _ in power * 10 }
  }
}
