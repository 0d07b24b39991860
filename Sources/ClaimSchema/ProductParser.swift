/// Reads `products: [[los, paid], [paid, paid]]`.
struct ProductParser {
  let columns: [Column]
  let section: SchemaSection
  let source: String

  /// The most products of a schema.
  private static let limit = 256

  func products() throws(SchemaError) -> [SummedValue] {
    let expected = "a list of pairs of summed columns, such as [[los, paid], [paid, paid]]"
    var products: [SummedValue] = []
    for (place, names) in try section.lists("products", expected: expected) {
      guard names.count == 2 else {
        throw .invalidValue(place, key: "products", expected: expected)
      }
      for name in names {
        guard let column = columns.first(where: { $0.name == name }),
          column.protection == .encrypted, column.uses.contains(.sum)
        else {
          throw .contradiction(
            place, column: name, problem: "'products' needs encrypted columns that are summed",
            remedy: "name two columns with 'protect: encrypted' and 'use: [sum]'")
        }
      }
      let product = SummedValue.multiplying(names[0], names[1])
      guard !products.contains(product) else {
        throw .contradiction(
          place, column: names[0], problem: "the product \(product.text) stands twice",
          remedy: "delete one of them")
      }
      products.append(product)
    }
    guard products.count <= ProductParser.limit else {
      throw section.invalid("products", expected: "at most \(ProductParser.limit) products")
    }
    return products.sorted { $0.text < $1.text }
  }
}
