import ClaimQuery
import ClaimSchema
import _TestSupport

extension Choices {
  /// True so often in a hundred times; false is the simplest.
  mutating func chance(_ percent: Int) -> Bool { pick(100) >= 100 - percent }
}

/// A schema with a column of every kind.
enum PlannerFixture {
  /// The encrypted columns that are summed; all their products are stored.
  static let summed = ["b", "m", "n", "v", "w"]

  static func schema(depth: Int, hasIndexes: Bool = false) throws -> Schema {
    let date = ColumnType.date(range: try days())
    let products = summed.indices.flatMap { first in
      summed[first...].map { SummedValue.product(summed[first], $0) }
    }
    return Schema(
      table: "claims", capacity: 1000, depth: depth, disclosure: DisclosureSettings(),
      columns: [
        column("secret", .text, .drop, []),
        column("t", .text, .clear, []),
        column("k", .integer(range: -50...50, bands: nil), .clear, []),
        column("a", .money(scale: 2, range: -1000...1000, bands: nil), .clear, [], nullable: false),
        column("e", date, .clear, []),
        column("x", .category(values: ["b", "a", "c"]), .encrypted, [.filter]),
        column("y", .category(values: ["0", "1"]), .encrypted, [.filter], nullable: false),
        column("c", .code(alphabets: [["A", "B"], ["0", "1"]]), .encrypted, [.filter]),
        column("d", date, .encrypted, [.filter]),
        column("n", .integer(range: 0...99, bands: nil), .encrypted, [.filter, .sum]),
        column(
          "m", .money(scale: 2, range: -10000...10000, bands: [0, 1, 5000]), .encrypted,
          [.filter, .sum]),
        column("b", .integer(range: -1...2, bands: nil), .encrypted, [.filter, .sum]),
        column("v", .integer(range: -5...5, bands: nil), .encrypted, [.sum]),
        column(
          "w", .money(scale: 2, range: 0...999, bands: nil), .encrypted, [.sum], nullable: false),
        column("p", .money(scale: 2, range: 0...999, bands: nil), .paillier, [.sum]),
        column("q", .integer(range: 0...9, bands: nil), .paillier, [.sum], nullable: false),
      ],
      products: products,
      // x has 3 values and NULL, m 4 bands and NULL, b 4 values and NULL.
      indexes: hasIndexes
        ? [
          JointIndex(columns: ["x", "y"], sizes: [4, 2]),
          JointIndex(columns: ["m", "x", "b"], sizes: [5, 4, 5]),
        ] : [])
  }

  static func days() throws -> ClosedRange<CalendarDay> {
    guard let lower = CalendarDay(year: 2008, month: 11, day: 20),
      let upper = CalendarDay(year: 2009, month: 3, day: 10)
    else { throw PlannerTestFailure.fixture }
    return lower...upper
  }

  static func column(
    _ name: String, _ type: ColumnType, _ protection: Protection, _ uses: Set<ColumnUse>,
    nullable: Bool = true
  ) -> Column {
    Column(
      sourceName: name.uppercased(), name: name, type: type, protection: protection, uses: uses,
      isNullable: nullable)
  }
}

enum PlannerTestFailure: Error {
  case fixture
  case malformedExpression
}
