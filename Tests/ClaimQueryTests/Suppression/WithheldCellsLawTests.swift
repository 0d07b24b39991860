import BigInteger
import ClaimQuery
import ClaimSchema
import Testing
import _TestSupport

/// What is withheld does not follow from what is shown, over random tables and random conditions side by
/// side, judged by the records themselves and not by the planner's conditions.
@Suite struct WithheldCellsLawTests {
  private static let schema = Schema(
    table: "claims", capacity: 1000, depth: 5, disclosure: DisclosureSettings(),
    columns: [
      PlannerFixture.column("x", .category(values: ["b", "a", "c"]), .encrypted, [.filter]),
      PlannerFixture.column(
        "y", .category(values: ["0", "1"]), .encrypted, [.filter], nullable: false),
      PlannerFixture.column("b", .integer(range: -1...2, bands: nil), .encrypted, [.filter]),
      PlannerFixture.column("t", .text, .clear, []),
    ])

  /// Records of a few kinds, many alike, and counts under conditions.
  private struct Case: CustomStringConvertible {
    let kinds: [(record: [String: PlainCell], count: Int64)]
    let filters: [Predicate?]
    let protectsComplement: Bool

    init(_ choices: inout Choices) {
      kinds = choices.array(count: 1...8) { choices in
        let record: [String: PlainCell] = [
          "x": choices.element(of: [.null, .text("a"), .text("b"), .text("c")]),
          "y": choices.element(of: [.text("0"), .text("1")]),
          "b": choices.element(of: [.null, .number(-1), .number(0), .number(2)]),
          "t": choices.element(of: [.null, .text("a")]),
        ]
        // About the threshold as often as far from it.
        return (record, choices.bool() ? choices.integer(in: 0...14) : choices.integer(in: 0...90))
      }
      var generator = PredicateGenerator(random: choices, schema: schema)
      generator.columns = ["x", "y", "b", "t"]
      filters =
        [nil]
        + (0..<1 + generator.random.pick(4)).map { _ in
          generator.random.span("filter") { random in
            var inner = PredicateGenerator(random: random, schema: schema)
            inner.columns = ["x", "y", "b", "t"]
            defer { random = inner.random }
            return inner.predicate(depth: 2)
          }
        }
      choices = generator.random
      protectsComplement = choices.bool()
    }

    var query: Query {
      Query(
        select: filters.enumerated().map { index, filter in
          SelectItem(value: .aggregate(Aggregate(.count, filter: filter)), label: "c\(index)")
        }, table: "claims")
    }

    var description: String {
      let records = kinds.map { "\($0.count) times \($0.record.sorted { $0.key < $1.key })" }
      return "\(query.canonicalText) over \(records), complement \(protectsComplement)"
    }
  }

  private static let threshold = CohortThreshold(minimumCohort: 11)

  /// Every record that there may be, as far as conditions of the generator tell records apart.
  private static let universe: [[String: PlainCell]] = {
    let texts = ["", "0", "a", "aa", "aaa", "ab", "abc", "b", "c", "z", "zz", "é", "éé"]
    let columns: [(String, [PlainCell])] = [
      ("x", [.null, .text("a"), .text("b"), .text("c")]), ("y", [.text("0"), .text("1")]),
      ("b", [.null] + (-1...2).map { .number($0) }), ("t", [.null] + texts.map { .text($0) }),
    ]
    return columns.reduce([[:]]) { records, column in
      records.flatMap { record in
        column.1.map { record.merging([column.0: $0]) { $1 } }
      }
    }
  }()

  /// The cells as sums over the classes of records that the conditions may tell apart.
  private struct Truth {
    let memberships: [[Bool]]
    let cellCounts: [Int64]

    init(_ made: Case) {
      func signature(_ record: [String: PlainCell]) -> [Bool] {
        let truth = PlainTruth(schema: schema, record: record)
        return made.filters.map { $0.map { truth.value($0) == true } ?? true }
      }
      let signatures = Array(Set(universe.map(signature)))
      memberships = made.filters.indices.map { cell in signatures.map { $0[cell] } }
      let kinds = made.kinds.map { (signature($0.record), $0.count) }
      cellCounts = made.filters.indices.map { cell in
        kinds.reduce(0) { $1.0[cell] ? $0 + $1.1 : $0 }
      }
    }

    var classCount: Int { memberships[0].count }
  }

  /// What an analyst knows of the classes after an answer.
  private struct Knowledge {
    /// Cells over the classes that are not known to be empty.
    private(set) var cells = DerivableCells(atomCount: 0)
    private var open: [Int]
    private let truth: Truth
    private let shown: [Int]

    /// Classes whose unions are all looked at.
    private static let mostClasses = 8

    init(_ row: [AnswerCell], _ truth: Truth) {
      self.truth = truth
      shown = row.indices.filter { row[$0] != .withheld }
      open = Array(0..<truth.classCount)
      // No class has fewer than no records: where a union of classes is 0, each of them is.
      var empty: [Bool]?
      repeat {
        open = zip(open, empty ?? open.map { _ in false }).filter { !$0.1 }.map(\.0)
        cells = DerivableCells(atomCount: open.count)
        for cell in shown { cells.show(part(cell), value: BigInteger(truth.cellCounts[cell])) }
        empty = emptyUnion
      } while empty != nil
    }

    /// The open classes of a cell.
    func part(_ cell: Int) -> [Bool] { open.map { truth.memberships[cell][$0] } }

    private var emptyUnion: [Bool]? {
      let zeros = shown.filter { truth.cellCounts[$0] == 0 }.map(part)
      return zeros.first { $0.contains(true) } ?? unions.first { cells.value(of: $0) == 0 }
    }

    /// All unions of open classes, where they are few.
    var unions: [[Bool]] {
      guard open.count <= Knowledge.mostClasses else { return [] }
      return (1..<1 << open.count).map { number in open.indices.map { number >> $0 & 1 == 1 } }
    }
  }

  private func groups(_ made: Case, _ plan: Plan) -> [OpenedGroup] {
    let table = PlainTable(WithheldCellsLawTests.schema, slots: [])
    let totals = plan.totals.map { total -> BigInteger in
      made.kinds.reduce(BigInteger(0)) { sum, kind in
        let truth = PlainTruth(schema: WithheldCellsLawTests.schema, record: kind.record)
        guard table.holds(plan.slices[total.slice], truth) else { return sum }
        if case .present(let name) = total.measure, kind.record[name] == .null { return sum }
        return sum + BigInteger(kind.count)
      }
    }
    return [OpenedGroup(keys: [], totals: totals)]
  }

  /// Nor does a small union of classes that nobody asked for.
  @Test func nothingWithheldFollowsFromWhatIsShown() throws {
    var (shownCells, withheldCells) = (0, 0)
    try Property("withheld cells and small classes do not follow", runs: 400) {
      Case(&$0)
    } holds: { made in
      let plan: Plan
      do {
        plan = try Planner(schema: WithheldCellsLawTests.schema).plan(made.query)
      } catch QueryError.tooDeep {
        throw Discarded()
      }
      let settings = DisclosureSettings(
        minimumCohort: 11, protectsComplement: made.protectsComplement)
      let answer = try DisclosurePolicy(settings: settings)
        .release(plan: plan, groups: groups(made, plan))
      let row = try present(answer.rows.first, "the row")
      let truth = Truth(made)
      for (index, cell) in row.enumerated() {
        guard case .value(let value) = cell else { continue }
        try agree(value, .integer(truth.cellCounts[index]), "cell \(index)")
        shownCells += 1
      }
      let knowledge = Knowledge(row, truth)
      for (index, cell) in row.enumerated() {
        let isTelling = WithheldCellsLawTests.threshold.isTelling(truth.cellCounts[index])
        guard cell == .withheld else {
          try hold(!isTelling, "cell \(index) shows \(truth.cellCounts[index])")
          continue
        }
        withheldCells += 1
        if isTelling {
          try hold(!knowledge.cells.follows(knowledge.part(index)), "cell \(index) follows")
        }
      }
      for union in knowledge.unions {
        let count = knowledge.cells.value(of: union).flatMap(Int64.init(exactly:))
        guard let count, WithheldCellsLawTests.threshold.isTelling(count) else { continue }
        throw BrokenLaw("a union of \(count) records follows")
      }
    }.check()
    #expect(shownCells > 300 && withheldCells > 150)
  }
}
