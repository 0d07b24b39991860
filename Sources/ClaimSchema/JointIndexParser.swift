/// Reads `indexes: [[sex, age_band]]`.
struct JointIndexParser {
  let columns: [Column]
  let section: SchemaSection
  let source: String

  /// The most joint indexes of a schema.
  private static let limit = 64

  func indexes() throws(SchemaError) -> [JointIndex] {
    let expected = "a list of lists of two to four columns, such as [[sex, age_band]]"
    var indexes: [JointIndex] = []
    for (place, names) in try section.lists("indexes", expected: expected) {
      guard (2...4).contains(names.count), Set(names).count == names.count else {
        throw .invalidValue(place, key: "indexes", expected: expected)
      }
      var sizes: [Int] = []
      for name in names { sizes.append(try size(of: name, at: place)) }
      let index = JointIndex(columns: names, sizes: sizes)
      guard index.count <= DigitLayout.indicatorLimit else {
        throw .contradiction(
          place, column: names[0],
          problem: "the joint index needs \(index.count) ciphertext columns, at most "
            + "\(DigitLayout.indicatorLimit)",
          remedy: "declare fewer values or bands, or join fewer columns")
      }
      if indexes.contains(where: { Set($0.columns) == Set(names) }) {
        throw .contradiction(
          place, column: names[0], problem: "this joint index stands twice",
          remedy: "delete one of them")
      }
      indexes.append(index)
    }
    guard indexes.count <= JointIndexParser.limit else {
      throw section.invalid("indexes", expected: "at most \(JointIndexParser.limit) joint indexes")
    }
    return indexes
  }

  /// The digit values of the column, NULL included.
  private func size(of name: String, at place: SchemaLocation) throws(SchemaError) -> Int {
    guard let column = columns.first(where: { $0.name == name }),
      let sizes = column.digitLayout?.sizes
    else {
      throw .contradiction(
        place, column: name, problem: "a joint index needs encrypted columns with use filter",
        remedy: "name such columns, by their SQL names")
    }
    guard sizes.count == 1 else {
      throw .contradiction(
        place, column: name,
        problem: "its index has \(sizes.count) digits, and a joint index "
          + "takes columns with one",
        remedy: "join categories, short ranges and numbers with bands")
    }
    return sizes[0] + (column.isNullable ? 1 : 0)
  }
}
