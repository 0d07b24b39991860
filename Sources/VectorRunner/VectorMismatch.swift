/// A value that is not the vector's: the first one that differs.
package struct VectorMismatch: Error, Hashable, Sendable, CustomStringConvertible {
  /// The field of the vector, such as `product`.
  package let field: String
  /// Where in the field; nil for a single value.
  package let index: Int?
  /// The vector's value.
  package let expected: String
  /// This build's value.
  package let found: String

  package init(field: String, index: Int? = nil, expected: String, found: String) {
    self.field = field
    self.index = index
    self.expected = expected
    self.found = found
  }

  /// Such as `product[3]: expected 1f, found 20`.
  package var description: String {
    "\(field)\(index.map { "[\($0)]" } ?? ""): expected \(expected), found \(found)"
  }
}
