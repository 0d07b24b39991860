import BigInteger
import ClaimSchema

/// How one aggregate follows from a group's totals.
public struct AggregateSpecification: Hashable, Sendable {
  /// The aggregate as written.
  public let aggregate: Aggregate
  /// The totals that count the records in which the argument is not NULL; they exclude each other,
  /// and their sum is what a mean divides by.
  public let values: [Int]
  /// The totals that count the records that the aggregate tells about: where the argument is not NULL
  /// and no CASE makes it 0 whatever the record holds. The disclosure policy judges by their sum.
  public let contributors: [Int]
  /// What is computed.
  public let kind: Kind
  /// The sum of the squares of what is summed, for the dominance rule; nil where a value may be
  /// negative or the tables do not hold the squares.
  public let silentSquares: LinearTotal?
  /// For each bucket of persons, the totals that count the contributors in it; empty where the tables
  /// have no buckets.
  public let personBuckets: [[Int]]

  /// What is computed of the totals.
  public enum Kind: Hashable, Sendable {
    /// The number of values.
    case count
    /// The number of these totals that are not 0: one for each key of the column.
    case distinct(keys: [Int])
    /// A sum.
    case sum(LinearTotal)
    /// A mean.
    case mean(LinearTotal)
    /// A variance or standard deviation, as the aggregate's function says.
    case dispersion(sum: LinearTotal, squares: LinearTotal)
    /// A covariance or correlation, as the aggregate's function says: of x and y, Σx, Σy, Σxy, Σx²
    /// and Σy²; the last two only for the correlation.
    case association(
      x: LinearTotal, y: LinearTotal, products: LinearTotal, squares: [LinearTotal])
  }

  package init(
    aggregate: Aggregate, values: [Int], contributors: [Int], kind: Kind,
    silentSquares: LinearTotal? = nil, personBuckets: [[Int]] = []
  ) {
    self.aggregate = aggregate
    self.values = values
    self.contributors = contributors
    self.kind = kind
    self.silentSquares = silentSquares
    self.personBuckets = personBuckets
  }

  /// The same with the buckets of its contributors' persons.
  package func addingPersonBuckets(_ buckets: [[Int]]) -> AggregateSpecification {
    AggregateSpecification(
      aggregate: aggregate, values: values, contributors: contributors, kind: kind,
      silentSquares: silentSquares, personBuckets: buckets)
  }

  /// The sums that it is made of.
  public var linearTotals: [LinearTotal] {
    switch kind {
    case .count, .distinct: []
    case .sum(let total), .mean(let total): [total]
    case .dispersion(let sum, let squares): [sum, squares]
    case .association(let x, let y, let products, let squares): [x, y, products] + squares
    }
  }

  /// Every total that only the disclosure policy reads.
  public var silentTotals: [Int] {
    (silentSquares?.terms.map(\.total) ?? []) + personBuckets.joined()
  }

  /// Every total that its value follows from.
  public var totals: [Int] {
    let keys = if case .distinct(let keys) = kind { keys } else { [Int]() }
    return values + contributors + keys + linearTotals.flatMap { $0.terms.map(\.total) }
  }
}

/// A sum with whole coefficients over a group's totals, in units of 10^-scale.
public struct LinearTotal: Hashable, Sendable {
  /// One total and how often it is added.
  public struct Term: Hashable, Sendable {
    /// Index into `Plan.totals`.
    public let total: Int
    /// How often, in units of the sum for one unit of the total.
    public let coefficient: BigInteger
    /// The total that counts the records that the term is over.
    public let counted: Int
    /// False where `counted` also counts records that the term is not over.
    public let isCountExact: Bool
  }

  /// The terms; none for a sum that is 0 whatever the table holds.
  public let terms: [Term]
  /// The decimals of its units, at least 0.
  public let scale: Int
  /// True for SQL's whole numbers, false for `numeric`.
  public let isInteger: Bool
}
