/// What a table stores as values to be summed: a column's, or the products of two columns.
///
/// A product is made at encryption, so summing it costs no multiplication of ciphertexts; NULL in
/// either column makes it NULL.
public enum SummedValue: Hashable, Sendable {
  /// The column's value.
  case column(String)
  /// The product of two columns' values, the same twice for squares; the names in ascending order.
  case product(String, String)

  /// The product of two columns in either order.
  public static func multiplying(_ a: String, _ b: String) -> SummedValue {
    a <= b ? .product(a, b) : .product(b, a)
  }

  /// The columns that it is made of, each once.
  public var columns: [String] {
    switch self {
    case .column(let name): [name]
    case .product(let a, let b): a == b ? [a] : [a, b]
    }
  }

  /// The columns that are multiplied, a square's twice.
  package var factors: [String] {
    switch self {
    case .column(let name): [name]
    case .product(let a, let b): [a, b]
    }
  }

  /// As messages write it, such as `los * paid`.
  public var text: String {
    switch self {
    case .column(let name): name
    case .product(let a, let b): "\(a) * \(b)"
    }
  }
}
