import ClaimQuery
import ClaimSchema

/// WHERE clauses and the records that they select, evaluated as the plan's circuit on clear slots.
struct PredicateVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let schema: String
    /// The values of each slot's record; nil for a slot without a record.
    let rows: [[String?]?]
  }

  struct Case: Decodable, Sendable {
    let `where`: String
    /// For each slot 1 if the clause is TRUE, else 0.
    let slots: String?
    /// The least depth that any circuit of the clause can have, where it is known.
    let leastDepth: Int?
    /// The depth of the circuit, where the design fixes it.
    let depth: Int?
  }

  static let name = "query.predicate"

  private let table: SampleTable

  init(_ group: Group) throws {
    table = try SampleTable(schema: group.schema, rows: group.rows)
  }

  func run(_ vector: Case) throws {
    let query = try SQLParser.parse(
      "SELECT count(*) FROM \(table.schema.table) WHERE \(vector.where)")
    let plan = try Planner(schema: table.schema).plan(query)
    var slots = try table.slots(of: plan)
    let values = try slots.values(group: 0, total: plan.recordCountTotal)
    try VectorCheck.equal(
      "slots",
      values.map(String.init).joined(separator: values.allSatisfy { 0...1 ~= $0 } ? "" : ","),
      vector.slots ?? "")
    guard slots.deepest <= plan.depth, plan.demand.depth <= slots.deepest else {
      throw VectorMismatch(
        field: "depth", expected: "at most \(plan.depth), from \(plan.demand.depth) on",
        found: "\(slots.deepest)")
    }
    if let least = vector.leastDepth, plan.demand.depth < least {
      throw VectorMismatch(
        field: "least_depth", expected: "\(least) or more", found: "\(plan.demand.depth)")
    }
    if let depth = vector.depth { try VectorCheck.equal("depth", plan.demand.depth, depth) }
  }
}
