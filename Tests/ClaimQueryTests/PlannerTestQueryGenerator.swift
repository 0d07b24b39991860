import ClaimQuery
import ClaimSchema
import _TestSupport

/// Random aggregates and grouping expressions over the fixture's columns.
struct PlannerQueryGenerator {
  var predicates: PredicateGenerator
  /// The columns that are summed.
  var summed = PlannerFixture.summed

  private var random: Choices {
    get { predicates.random }
    set { predicates.random = newValue }
  }

  init(_ predicates: PredicateGenerator) {
    self.predicates = predicates
  }

  mutating func query(aggregates count: ClosedRange<Int>, keys: Int, depth: Int) -> Query {
    let predicate = random.chance(80) ? predicates.predicate(depth: depth) : nil
    var aggregates: [Aggregate] = []
    for _ in 0..<random.integer(in: count) {
      let next = aggregate()
      if !aggregates.contains(next) { aggregates.append(next) }
    }
    let grouping = (0..<keys).map { _ in groupingExpression() }
    return PlannerQuery.make(aggregates, where: predicate, by: grouping)
  }
}

// MARK: - Aggregates

extension PlannerQueryGenerator {
  mutating func aggregate() -> Aggregate {
    let filter = random.chance(30) ? predicates.predicate(depth: 1) : nil
    switch random.pick(10) {
    case 0: return Aggregate(.count, filter: filter)
    case 1:
      let column = random.element(of: ["t", "a", "x", "d", "y", "v", "w", "m"])
      return Aggregate(.count, of: [PlannerQuery.column(column)], filter: filter)
    case 2: return Aggregate(.count, of: [value(degree: 2, depth: 2)], filter: filter)
    case 3:
      let column = PlannerQuery.column(random.element(of: ["x", "y", "b"]))
      return Aggregate(.count, of: [column], isDistinct: true, filter: filter)
    case 4, 5: return Aggregate(.sum, of: [value(degree: 2, depth: 2)], filter: filter)
    case 6: return Aggregate(.avg, of: [value(degree: 2, depth: 2)], filter: filter)
    case 7, 8:
      let function = random.element(of: [
        AggregateFunction.variancePopulation, .varianceSample, .deviationPopulation,
        .deviationSample,
      ])
      return Aggregate(function, of: [value(degree: 1, depth: 1)], filter: filter)
    default:
      let function = random.element(of: [AggregateFunction.covariancePopulation, .correlation])
      return Aggregate(
        function, of: [value(degree: 1, depth: 1), value(degree: 1, depth: 1)], filter: filter)
    }
  }

  /// A number whose products have at most so many columns.
  private mutating func value(degree: Int, depth: Int) -> ValueExpression {
    let span = random.beginSpan("value")
    defer { random.endSpan(span) }
    guard depth > 0, random.chance(70) else { return leaf(degree: degree) }
    switch random.pick(6) {
    case 0: return .negated(value(degree: degree, depth: depth - 1))
    case 1, 2:
      return .arithmetic(
        random.element(of: [.add, .subtract]), value(degree: degree, depth: depth - 1),
        value(degree: degree, depth: depth - 1))
    case 3:
      let left = random.integer(in: 0...degree)
      return .arithmetic(
        .multiply, value(degree: left, depth: depth - 1),
        value(degree: degree - left, depth: depth - 1))
    default:
      let branches = (0..<random.integer(in: 1...2)).map { _ in
        ValueBranch(
          condition: predicates.predicate(depth: 1), value: value(degree: degree, depth: depth - 1))
      }
      return .conditional(
        branches, otherwise: random.chance(70) ? value(degree: degree, depth: depth - 1) : nil)
    }
  }

  private mutating func leaf(degree: Int) -> ValueExpression {
    if degree > 0, random.chance(70) { return PlannerQuery.column(random.element(of: summed)) }
    if random.chance(5) { return .literal(PlannerQuery.null) }
    return PlannerQuery.constant(
      random.element(of: ["0", "0", "1", "2", "-3", "0.5", "1.25", "-0.01"]))
  }
}

// MARK: - Groups

extension PlannerQueryGenerator {
  private mutating func groupingExpression() -> GroupingExpression {
    switch random.pick(8) {
    case 0, 1: return column(["x", "y", "m", "b"])
    case 2: return column(["t", "k", "a"])
    case 3: return .datePart(random.element(of: [.year, .quarter, .month]), date("d"))
    case 4: return .truncated(random.element(of: [.year, .quarter, .month]), date("d"))
    case 5:
      return random.chance(50)
        ? .datePart(random.element(of: DatePart.allCases), date("e"))
        : .truncated(random.element(of: DateUnit.allCases), date("e"))
    default: return conditional()
    }
  }

  private mutating func column(_ names: [String]) -> GroupingExpression {
    .column(PlannerQuery.reference(random.element(of: names)))
  }

  private func date(_ name: String) -> ColumnReference { PlannerQuery.reference(name) }

  private mutating func conditional() -> GroupingExpression {
    let labels =
      random.chance(50)
      ? ["low", "high", "é", ""].map { PlannerQuery.text($0) }
      : ["1", "2", "10", "-1", "2.5"].map { PlannerQuery.number($0) }
    let branches = (0..<random.integer(in: 1...3)).map { _ in
      GroupingBranch(
        condition: predicates.predicate(depth: 1),
        label: random.chance(10) ? PlannerQuery.null : random.element(of: labels))
    }
    return .conditional(branches, otherwise: random.chance(60) ? random.element(of: labels) : nil)
  }
}
