import ClaimSchema
import Testing

/// The keys `products` and `indexes` of a schema.
@Suite struct SchemaIndexTests {
  private static let columns = """
    table: t
    capacity: 1000
    columns:
      A: { type: integer, range: [0, 9], protect: encrypted, use: [filter, sum] }
      B: { type: category, values: [x, y], protect: encrypted, nullable: false }
      C: { type: money, range: [-1.00, 9.99], protect: encrypted, use: [filter, sum], bands: [0, 5] }
      D: { type: date, range: [2009-01-01, 2009-12-31], protect: encrypted }
      E: { type: category, protect: clear }
      F: { type: integer, range: [0, 9], protect: paillier }
      G: { type: integer, range: [0, 9], protect: encrypted, use: [sum] }
      H: { type: integer, range: [0, 999], protect: encrypted, use: [filter], bands: [1, 2] }
      I: { type: integer, range: [0, 9999], protect: encrypted, use: [filter] }

    """

  private func parse(_ rest: String) throws -> Schema {
    try Schema.parse(yaml: SchemaIndexTests.columns + rest, source: "s.yaml")
  }

  @Test func productsAreReadInCanonicalOrder() throws {
    let schema = try parse("products: [[g, c], [a, a], [c, a]]")
    #expect(schema.products == [.product("a", "a"), .product("a", "c"), .product("c", "g")])
    #expect(schema.products.map(\.text) == ["a * a", "a * c", "c * g"])
    #expect(schema.products.map(\.columns) == [["a"], ["a", "c"], ["c", "g"]])
    #expect(try parse("").products.isEmpty)
    #expect(try parse("products: []").products.isEmpty)
  }

  @Test func indexesHaveTheirDigitsAndNull() throws {
    let schema = try parse("indexes: [[b, a], [c, b, h]]")
    #expect(
      schema.indexes == [
        // 2 values; 10 and NULL; 3 bands and NULL; 3 bands and NULL.
        JointIndex(columns: ["b", "a"], sizes: [2, 11]),
        JointIndex(columns: ["c", "b", "h"], sizes: [4, 2, 4]),
      ])
    #expect(schema.indexes.map(\.count) == [22, 32])
    #expect(try parse("").indexes.isEmpty)
  }

  @Test func placesAreMixedRadixNumbers() throws {
    let index = try #require(try parse("indexes: [[c, b, h]]").indexes.first)
    var place = 0
    for c in 0..<4 {
      for b in 0..<2 {
        for h in 0..<4 {
          #expect(index.place(of: [c, b, h]) == place)
          place += 1
        }
      }
    }
    #expect(index.places(of: [[1, 3], [0], [2, 3]]) == [10, 11, 26, 27])
    #expect(index.places(of: [[1], [], [2]]).isEmpty)
    #expect(index.places(of: [Array(0..<4), [0, 1], Array(0..<4)]) == Array(0..<32))
  }

  @Test(arguments: [
    "products: [[g, c], [a, a]]", "indexes: [[b, a], [c, b, h]]",
    "indexes: [[b, a]]\nproducts: [[g, g]]",
  ])
  func canonicalTextReadsBack(rest: String) throws {
    let schema = try parse(rest)
    let again = try Schema.parse(yaml: schema.canonicalText, source: "again.yaml")
    #expect(again == schema)
    #expect(again.canonicalText == schema.canonicalText)
  }

  @Test func fingerprintsCoverBoth() throws {
    let texts = [
      "", "products: [[a, a]]", "products: [[a, c]]", "products: [[a, a], [a, c]]",
      "indexes: [[a, b]]", "indexes: [[b, a]]", "indexes: [[a, b], [b, c]]",
      "indexes: [[b, c], [a, b]]", "indexes: [[a, b]]\nproducts: [[a, a]]",
    ]
    #expect(Set(try texts.map { try parse($0).fingerprint }).count == texts.count)
    #expect(try parse("products: [[c, a]]") == parse("products: [[a, c]]"))
    #expect(
      try parse("products: [[g, g], [c, a]]").fingerprint
        == parse("products: [[a, c], [g, g]]").fingerprint)
  }

  @Test func tooLargeAnIndexIsRefused() throws {
    func parse(_ values: Int) throws -> Schema {
      let list = (0..<values).map { "v\($0)" }.joined(separator: ", ")
      let column = "{ type: category, values: [\(list)], protect: encrypted, nullable: false }"
      return try Schema.parse(
        yaml: """
          table: t
          capacity: 1000
          columns:
            A: \(column)
            B: \(column)
          indexes: [[a, b]]
          """, source: "s.yaml")
    }
    #expect(try parse(64).indexes.first?.count == 4096)
    do {
      _ = try parse(65)
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains("4225 ciphertext columns, at most 4096"))
    }
  }

  @Test func tooManyAreRefused() throws {
    let columns = (0..<30).map {
      "  C\($0): { type: integer, range: [0, 1], protect: encrypted, use: [filter, sum] }\n"
    }.joined()
    func parse(_ key: String, _ count: Int) throws -> Schema {
      let pairs = (0..<30).flatMap { a in (a + 1..<30).map { "[c\(a), c\($0)]" } }
      return try Schema.parse(
        yaml: "table: t\ncapacity: 10\ncolumns:\n\(columns)"
          + "\(key): [\(pairs.prefix(count).joined(separator: ", "))]\n", source: "s.yaml")
    }
    #expect(try parse("products", 256).products.count == 256)
    #expect(throws: SchemaError.self) { try parse("products", 257) }
    #expect(try parse("indexes", 64).indexes.count == 64)
    #expect(throws: SchemaError.self) { try parse("indexes", 65) }
  }
}
