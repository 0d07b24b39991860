/// Indexed columns whose combinations are stored one-hot together, so that a condition on several of
/// them is a sum and no product.
///
/// A record's place is the mixed-radix number of its columns' digits, the first column the most
/// significant; NULL is one more digit value of a nullable column, the last.
public struct JointIndex: Hashable, Sendable {
  /// Two or more columns, each with an index of one digit.
  public let columns: [String]
  /// The digit values of each column, NULL included.
  public let sizes: [Int]

  package init(columns: [String], sizes: [Int]) {
    self.columns = columns
    self.sizes = sizes
  }

  /// The combinations.
  public var count: Int { sizes.reduce(1, *) }

  /// The place of a combination of digit values.
  package func place(of digits: [Int]) -> Int {
    zip(digits, sizes).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// The places of the combinations of some digit values of each column, in ascending order where
  /// the values are.
  package func places(of digits: [[Int]]) -> [Int] {
    zip(digits, sizes).reduce([0]) { places, column in
      places.flatMap { place in column.0.map { place * column.1 + $0 } }
    }
  }
}
