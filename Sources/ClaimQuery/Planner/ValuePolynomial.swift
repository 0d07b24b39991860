import BigInteger
import ClaimSchema

/// What is summed of one record, as a polynomial of degree 2 at most in the columns' values.
struct ValuePolynomial: Hashable {
  /// Names of columns in ascending order, at most two.
  typealias Monomial = [String]

  /// Σ coefficient · (product of the columns in minor units), in units of 10^-scale; no zero.
  private(set) var terms: [Monomial: BigInteger]
  /// The decimals that PostgreSQL gives to the value.
  let scale: Int
  /// Whether everything in it is a whole number of SQL.
  let isInteger: Bool

  /// The most decimals of a constant expression.
  static let scaleLimit = 64

  private init(_ terms: [Monomial: BigInteger], scale: Int, isInteger: Bool) {
    self.terms = terms.filter { !$0.value.isZero }
    self.scale = scale
    self.isInteger = isInteger
  }

  init(column: String, scale: Int, isInteger: Bool) {
    self.init([[column]: 1], scale: scale, isInteger: isInteger)
  }

  init(constant: BigInteger, scale: Int, isInteger: Bool) {
    self.init([[]: constant], scale: scale, isInteger: isInteger)
  }

  static let zero = ValuePolynomial(constant: 0, scale: 0, isInteger: true)

  /// The columns that it reads, in ascending order.
  var columns: [String] { Set(terms.keys.joined()).sorted() }

  /// The terms in a fixed order.
  var orderedTerms: [(monomial: Monomial, coefficient: BigInteger)] {
    terms.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { ($0.key, $0.value) }
  }

  /// The same value in units of 10^-scale, for a scale that is not smaller.
  func rescaled(to scale: Int) -> ValuePolynomial {
    let factor = ValuePolynomial.power(scale - self.scale)
    return ValuePolynomial(
      terms.mapValues { $0 * factor }, scale: scale, isInteger: isInteger && scale == 0)
  }

  static func + (a: ValuePolynomial, b: ValuePolynomial) -> ValuePolynomial {
    let scale = max(a.scale, b.scale)
    let sum = a.rescaled(to: scale).terms.merging(b.rescaled(to: scale).terms, uniquingKeysWith: +)
    return ValuePolynomial(sum, scale: scale, isInteger: a.isInteger && b.isInteger)
  }

  static prefix func - (a: ValuePolynomial) -> ValuePolynomial {
    ValuePolynomial(a.terms.mapValues { -$0 }, scale: a.scale, isInteger: a.isInteger)
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
      product, scale: a.scale + b.scale, isInteger: a.isInteger && b.isInteger)
  }

  private static func power(_ exponent: Int) -> BigInteger {
    (0..<max(0, exponent)).reduce(BigInteger(1)) { power, _ in power * 10 }
  }
}
