import ClaimQuery
import ClaimSchema

/// Plans of query texts over a fixed schema. The canonical text has the same plan.
struct PlanCheck: DecoderCheck {
  static let name = "query.plan"
  static let refusals: [any Error.Type] = [QueryError.self]
  static let byteLimit = 1024

  private let schema: Schema

  init() throws { schema = try DecoderFixture.shared.get().schema }

  func seeds() -> [[UInt8]] { SQLCheck.texts.map { Array($0.utf8) } }

  func run(_ input: [UInt8]) throws {
    let planner = Planner(schema: schema)
    let plan = try planner.plan(SQLParser.parse(input.text))
    let again: Plan
    do {
      again = try planner.plan(SQLParser.parse(plan.canonicalText))
    } catch {
      throw DecoderDefect("the plan's canonical text is refused: \(error)")
    }
    try DecoderDefect.unless(
      again.canonicalText == plan.canonicalText && again.digest == plan.digest,
      "the plan's canonical text has another plan")
    do {
      _ = try PlanExplanation(plan, schema: schema)
    } catch {
      throw DecoderDefect("the plan cannot be explained: \(error)")
    }
  }
}
