/// Whole stories: schema, keys, tables and query from seeds, up to the released rows. The steps are compared
/// in their order, so the first value that differs names the step.
struct StoryVectors: VectorKind {
  typealias Case = StoryCase

  static let name = "story.claims"

  init(_ group: NoFields) {}

  func run(_ vector: StoryCase) async throws {
    let layout = try vector.checkedLayout()
    let keys = try StoryKeys(vector.keys, layout: layout)
    let folder = try TemporaryFolder()
    let tables = try await StoryTables(keys: keys, folder: folder).tables(vector.tables)
    try vector.checkPlan(layout)
    if let answer = vector.answer {
      try await answer.check(query: vector.query, on: tables, plan: vector.plan, keys: keys)
    }
    if let forged = vector.forgedAnswer {
      _ = try keys.custodian.openWithoutLedgerForTesting(keys.answer(in: forged.bytes))
    }
  }
}
