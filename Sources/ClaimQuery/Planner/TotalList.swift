import BigInteger
import ClaimKeys
import ClaimSchema

/// Chooses the totals for a query's aggregates: each total once, and for every aggregate the totals
/// that count its records.
package struct TotalList {
  package private(set) var totals: [TotalSpecification] = []
  package private(set) var aggregates: [AggregateSpecification] = []
  /// What the records of a total meet beside WHERE and the group's condition. The first holds always.
  package private(set) var slices: [Condition] = [.constant(true)]
  package let recordCountTotal = 0

  private let builder: ConditionBuilder
  private let usesLattice: Bool

  /// The most different totals of one group.
  private static let limit = 4096

  package init(_ aggregates: [Aggregate], builder: ConditionBuilder) throws(QueryError) {
    self.builder = builder
    usesLattice = try TotalList.usesLattice(aggregates, builder: builder)
    _ = index(of: .records, slice: .constant(true))
    for aggregate in aggregates {
      let specification = try specification(of: aggregate)
      self.aggregates.append(
        specification.addingPersonBuckets(personBuckets(of: specification.contributors)))
      guard totals.count <= TotalList.limit else {
        throw .tooLarge(
          what: "totals of each group", count: totals.count, limit: TotalList.limit,
          remedy: "ask for fewer aggregates in one query")
      }
    }
  }

  /// Lattice totals are chosen wherever there is a choice, but a query for Paillier columns alone
  /// reads nothing else.
  private static func usesLattice(
    _ aggregates: [Aggregate], builder: ConditionBuilder
  ) throws(QueryError) -> Bool {
    let protections = Set(builder.schema.columns.map(\.protection))
    guard protections.contains(.paillier) else { return true }
    guard protections.contains(.encrypted) else { return false }
    for aggregate in aggregates {
      let columns = aggregate.arguments.flatMap(\.summedColumns)
      if columns.isEmpty { return true }
      for reference in columns
      where try builder.column(reference).protection != .paillier { return true }
    }
    return aggregates.isEmpty
  }

  private mutating func index(of measure: TotalSpecification.Measure, slice: Condition) -> Int {
    var engine: TotalSpecification.Engine = usesLattice ? .lattice : .paillier
    switch measure {
    case .records: break
    case .personBucket: engine = .lattice
    case .present: engine = .paillier
    case .value(let value):
      let column = value.columns.first.flatMap(builder.schema.column(named:))
      engine = column?.protection == .paillier ? .paillier : .lattice
    }
    let place: Int
    if let known = slices.firstIndex(of: slice) {
      place = known
    } else {
      place = slices.count
      slices.append(slice)
    }
    let total = TotalSpecification(engine: engine, measure: measure, slice: place)
    if let known = totals.firstIndex(of: total) { return known }
    totals.append(total)
    return totals.count - 1
  }

  /// For each bucket of persons, the contributors in it. Paillier records have no buckets.
  private mutating func personBuckets(of contributors: [Int]) -> [[Int]] {
    guard let count = builder.schema.person?.buckets,
      contributors.allSatisfy({ totals[$0].isLattice })
    else { return [] }
    return (0..<count).map { bucket in
      contributors.map { index(of: .personBucket(bucket), slice: slices[totals[$0].slice]) }
    }
  }

  private mutating func specification(
    of aggregate: Aggregate
  ) throws(QueryError) -> AggregateSpecification {
    let filter =
      try aggregate.filter.map { filter throws(QueryError) in try builder.condition(filter) }
      ?? .constant(true)
    switch aggregate.function {
    case .count: return try count(aggregate, filter)
    case .sum, .avg:
      let cases = try cases(of: aggregate, argument: 0, filter)
      let total = try linearTotal(cases)
      return AggregateSpecification(
        aggregate: aggregate, values: cases.values, contributors: cases.contributors,
        kind: aggregate.function == .sum ? .sum(total) : .mean(total),
        silentSquares: try silentSquares(cases))
    case .variancePopulation, .varianceSample, .deviationPopulation, .deviationSample:
      let cases = try cases(of: aggregate, argument: 0, filter)
      return AggregateSpecification(
        aggregate: aggregate, values: cases.values, contributors: cases.contributors,
        kind: .dispersion(
          sum: try linearTotal(cases),
          squares: try linearTotal(cases.mapping { $0[0] * $0[0] })),
        silentSquares: try silentSquares(cases))
    case .covariancePopulation, .correlation:
      let cases = try pairedCases(of: aggregate, filter)
      var squares: [LinearTotal] = []
      if aggregate.function == .correlation {
        squares = [
          try linearTotal(cases.mapping { $0[0] * $0[0] }),
          try linearTotal(cases.mapping { $0[1] * $0[1] }),
        ]
      }
      return AggregateSpecification(
        aggregate: aggregate, values: cases.values, contributors: cases.contributors,
        kind: .association(
          x: try linearTotal(cases.mapping { $0[0] }), y: try linearTotal(cases.mapping { $0[1] }),
          products: try linearTotal(cases.mapping { $0[0] * $0[1] }), squares: squares))
    }
  }
}

// MARK: - Counts

extension TotalList {
  private mutating func count(
    _ aggregate: Aggregate, _ filter: Condition
  ) throws(QueryError) -> AggregateSpecification {
    guard let argument = aggregate.arguments.first else {
      let counts = records(filter)
      return AggregateSpecification(
        aggregate: aggregate, values: counts, contributors: counts, kind: .count)
    }
    if aggregate.isDistinct { return try distinct(aggregate, argument, filter) }
    let counts: [Int]
    if case .column(let reference) = argument,
      case let column = try builder.column(reference), column.protection == .paillier
    {
      counts =
        filter == .constant(false)
        ? []
        : column.isNullable
          ? [index(of: .present(column: column.name), slice: filter)] : records(filter)
    } else {
      counts = records(.all(of: [filter, try builder.isNotNull(argument)]))
    }
    return AggregateSpecification(
      aggregate: aggregate, values: counts, contributors: counts, kind: .count)
  }

  /// A total that counts the records that meet the condition; none when no record can.
  private mutating func records(_ condition: Condition) -> [Int] {
    condition == .constant(false) ? [] : [index(of: .records, slice: condition)]
  }

  private mutating func distinct(
    _ aggregate: Aggregate, _ argument: ValueExpression, _ filter: Condition
  ) throws(QueryError) -> AggregateSpecification {
    guard case .column(let reference) = argument else {
      throw .unsupported(
        construct: "count(DISTINCT …) of an expression", position: aggregate.position,
        instead: "Count the distinct values of a column, with FILTER for a condition.")
    }
    let column = try builder.column(reference)
    try builder.checkFilter(column, at: reference)
    guard let keys = column.groupKeys, !column.hasBands else {
      throw .columnUse(
        column: column.name, position: reference.position,
        problem:
          "count(DISTINCT …) needs an encrypted column with declared values or a short range",
        remedy: "declare its values; for persons and other long lists, mark the first record of "
          + "each in a prepared column before encrypting, and count the marks")
    }
    let hidden = HiddenColumn(column)
    let present = Condition.all(of: [filter, try builder.isNotNull(argument)])
    var totals: [Int] = []
    for key in keys {
      totals += records(.all(of: [filter, .encrypted(ColumnSet(hidden, key.set))]))
    }
    let counts = records(present)
    return AggregateSpecification(
      aggregate: aggregate, values: counts, contributors: counts, kind: .distinct(keys: totals))
  }
}

// MARK: - Sums

/// What is summed in each case of an aggregate's arguments, with the totals that count its records.
private struct SummedCases {
  /// One case, in which no argument is NULL.
  struct Case {
    /// When the case applies, FILTER included.
    let condition: Condition
    /// The nullable columns that the arguments read.
    let nullable: [String]
    /// The arguments.
    let polynomials: [ValuePolynomial]
    /// The total that counts the case's records, and whether it counts no others.
    let counted: Int
    let isCountExact: Bool
    /// What is summed.
    var polynomial: ValuePolynomial
  }

  var cases: [Case]
  /// Whether SQL has what is summed as a whole number.
  let isInteger: Bool
  /// Where the aggregate stands in the query.
  let position: Int
  var values: [Int]
  var contributors: [Int]

  func mapping(_ operation: ([ValuePolynomial]) -> ValuePolynomial) -> SummedCases {
    var result = self
    for index in cases.indices {
      result.cases[index].polynomial = operation(cases[index].polynomials)
    }
    return result
  }
}

extension TotalList {
  private mutating func cases(
    of aggregate: Aggregate, argument: Int, _ filter: Condition
  ) throws(QueryError) -> SummedCases {
    let form = try builder.form(of: aggregate.arguments[argument], for: aggregate.function)
    return try cases(
      form.branches.map { ($0.condition, $0.polynomial.map { [$0] }) }, filter,
      isInteger: form.isInteger ?? true, at: aggregate.position)
  }

  /// The cases of two arguments together; both have to be there.
  private mutating func pairedCases(
    of aggregate: Aggregate, _ filter: Condition
  ) throws(QueryError) -> SummedCases {
    let x = try builder.form(of: aggregate.arguments[0], for: aggregate.function)
    let y = try builder.form(of: aggregate.arguments[1], for: aggregate.function)
    var pairs: [(Condition, [ValuePolynomial]?)] = []
    for left in x.branches {
      for right in y.branches {
        let condition = Condition.all(of: [left.condition, right.condition])
        guard condition != .constant(false) else { continue }
        var polynomials: [ValuePolynomial]?
        if let a = left.polynomial, let b = right.polynomial { polynomials = [a, b] }
        pairs.append((condition, polynomials))
      }
      guard pairs.count <= ValueForm.limit else {
        throw .tooLarge(
          what: "cases of one aggregate's arguments", count: pairs.count, limit: ValueForm.limit,
          remedy: "use fewer CASE expressions in one aggregate")
      }
    }
    return try cases(
      pairs, filter, isInteger: false, at: aggregate.position)
  }

  private mutating func cases(
    _ branches: [(condition: Condition, polynomials: [ValuePolynomial]?)], _ filter: Condition,
    isInteger: Bool, at position: Int
  ) throws(QueryError) -> SummedCases {
    let schema = builder.schema
    let nullable = branches.map { branch in
      Set((branch.polynomials ?? []).flatMap(\.columns)).sorted()
        .filter { schema.column(named: $0)?.isNullable ?? true }
    }
    // The branches of an expression leave no record out, so without NULLs they need no counts of
    // their own.
    let coversAll = branches.allSatisfy { $0.polynomials != nil } && nullable.allSatisfy(\.isEmpty)
    let tellsAll = branches.allSatisfy { !($0.polynomials ?? []).isConstantZero }
    var result = SummedCases(
      cases: [], isInteger: isInteger, position: position, values: [], contributors: [])
    if coversAll { result.values = records(filter) }
    if coversAll, tellsAll { result.contributors = result.values }
    for (branch, nullable) in zip(branches, nullable) {
      guard let polynomials = branch.polynomials, let first = polynomials.first else { continue }
      let condition = Condition.all(of: [filter, branch.condition])
      guard condition != .constant(false) else { continue }
      if coversAll, tellsAll, let counted = result.values.first {
        result.cases.append(
          SummedCases.Case(
            condition: condition, nullable: nullable, polynomials: polynomials, counted: counted,
            isCountExact: condition == filter, polynomial: first))
        continue
      }
      if coversAll, polynomials.isConstantZero {
        // It adds nothing and needs no count, but has decimals.
        result.cases.append(
          SummedCases.Case(
            condition: condition, nullable: nullable, polynomials: polynomials,
            counted: recordCountTotal, isCountExact: false, polynomial: first))
        continue
      }
      guard let counted = try count(condition, nullable, at: position) else { continue }
      if !coversAll { result.values.append(counted) }
      if !polynomials.isConstantZero { result.contributors.append(counted) }
      result.cases.append(
        SummedCases.Case(
          condition: condition, nullable: nullable, polynomials: polynomials, counted: counted,
          isCountExact: true, polynomial: first))
    }
    return result
  }

  /// The total that counts the records of a case in which the columns are not NULL.
  private mutating func count(
    _ condition: Condition, _ nullable: [String], at position: Int
  ) throws(QueryError) -> Int? {
    let columns = nullable.compactMap(builder.schema.column(named:))
    if let column = columns.first, columns.count == 1, column.protection == .paillier {
      return index(of: .present(column: column.name), slice: condition)
    }
    return records(try condition.requiring(columns, at: position)).first
  }

  private mutating func linearTotal(_ cases: SummedCases) throws(QueryError) -> LinearTotal {
    let scale = cases.cases.map(\.polynomial.scale).max() ?? 0
    guard scale <= ValuePolynomial.scaleLimit else {
      throw .tooLarge(
        what: "decimals of a sum", count: scale, limit: ValuePolynomial.scaleLimit,
        remedy: "use constants with fewer decimals")
    }
    var terms: [LinearTotal.Term] = []
    for item in cases.cases {
      for (monomial, coefficient) in item.polynomial.rescaled(to: scale).orderedTerms {
        terms.append(
          LinearTotal.Term(
            total: try total(of: monomial, in: item, at: cases.position), coefficient: coefficient,
            counted: item.counted, isCountExact: item.isCountExact))
      }
    }
    return LinearTotal(
      terms: terms, scale: scale,
      isInteger: cases.isInteger && fitsInteger(terms))
  }

  /// The sum of the squares of values that are never negative; nil where they may be, and where the
  /// tables do not hold them.
  private mutating func silentSquares(_ cases: SummedCases) throws(QueryError) -> LinearTotal? {
    let schema = builder.schema
    for (monomial, coefficient) in cases.cases.flatMap(\.polynomial.orderedTerms) {
      guard coefficient.signum >= 0, monomial.count <= 1 else { return nil }
      for name in monomial {
        guard let range = schema.column(named: name)?.numberRange, range.lowerBound >= 0 else {
          return nil
        }
      }
    }
    for item in cases.cases {
      let columns = item.polynomial.columns
      for a in columns {
        for b in columns where !schema.products.contains(.multiplying(a, b)) { return nil }
      }
    }
    return try linearTotal(cases.mapping { $0[0] * $0[0] })
  }

  /// Whether the sum over the capacity stays within SQL's `bigint`. Where it could not, PostgreSQL
  /// would have the column as `bigint` and its sum as `numeric`.
  private func fitsInteger(_ terms: [LinearTotal.Term]) -> Bool {
    var bound = BigInteger()
    for term in terms {
      var largest = term.coefficient.magnitude
      for factor in totals[term.total].summedValue?.factors ?? [] {
        let range = builder.schema.column(named: factor)?.numberRange ?? 0...0
        largest *= BigInteger(max(range.lowerBound.magnitude, range.upperBound.magnitude))
      }
      bound += largest * BigInteger(builder.schema.capacity)
    }
    return bound <= BigInteger(Int64.max)
  }

  private mutating func total(
    of monomial: ValuePolynomial.Monomial, in item: SummedCases.Case, at position: Int
  ) throws(QueryError) -> Int {
    guard !monomial.isEmpty else {
      // A constant is added for each record of the case, in which no column may be NULL then.
      return item.isCountExact
        ? item.counted : index(of: .records, slice: item.condition)
    }
    let value: SummedValue
    switch monomial.count {
    case 1: value = .column(monomial[0])
    case 2: value = .multiplying(monomial[0], monomial[1])
    default:
      throw .unsupported(
        construct: "a product of \(monomial.count) columns", position: position,
        instead: "At most two columns can be multiplied; make a prepared column of the rest before"
          + " encrypting.")
    }
    if case .product(let a, let b) = value, !builder.schema.products.contains(value) {
      for name in value.columns
      where builder.schema.column(named: name)?.protection == .paillier {
        throw .columnUse(
          column: name, position: position,
          problem: "it is protected as paillier, and such values are not multiplied",
          remedy: "protect it as encrypted with use sum, and encrypt again")
      }
      throw .unsupported(
        construct: "the product \(value.text), which the tables do not hold", position: position,
        instead: "Declare it in the schema, as products: [[\(a), \(b)]], and encrypt again.")
    }
    // Where one of its own columns is NULL the stored value is 0.
    let others = item.nullable.filter { !monomial.contains($0) }
      .compactMap(builder.schema.column(named:))
    return index(
      of: .value(value), slice: try item.condition.requiring(others, at: position))
  }
}

extension Condition {
  /// The condition where the columns are not NULL besides.
  fileprivate func requiring(
    _ columns: [Column], at position: Int
  ) throws(QueryError) -> Condition {
    var operands = [self]
    for column in columns {
      let reference = ColumnReference(name: column.name, position: position)
      switch column.protection {
      case .encrypted: operands.append(.encrypted(ColumnSet(HiddenColumn(column), .all)))
      case .clear: operands.append(.clear(.not(.isNull(reference))))
      case .paillier, .drop:
        throw .columnUse(
          column: column.name, position: position,
          problem: "it is protected as paillier and may be NULL, so it cannot be combined with "
            + "other columns",
          remedy: "sum each column on its own, or protect it as encrypted with use sum")
      }
    }
    return .all(of: operands)
  }
}

extension [ValuePolynomial] {
  /// True for what is 0 whatever the columns hold.
  fileprivate var isConstantZero: Bool { allSatisfy { $0.terms.isEmpty } }
}

extension Column {
  /// Whether its keys are intervals.
  fileprivate var hasBands: Bool {
    switch type {
    case .integer(_, let bands), .money(_, _, let bands): bands != nil
    case .text, .category, .code, .date: false
    }
  }
}

extension ValueExpression {
  /// The columns whose values or presence are taken, those of conditions left out.
  fileprivate var summedColumns: [ColumnReference] {
    switch self {
    case .column(let reference), .whole(let reference): [reference]
    case .literal: []
    case .negated(let inner): inner.summedColumns
    case .arithmetic(_, let left, let right): left.summedColumns + right.summedColumns
    case .conditional(let branches, let otherwise):
      branches.flatMap(\.value.summedColumns) + (otherwise?.summedColumns ?? [])
    }
  }
}
