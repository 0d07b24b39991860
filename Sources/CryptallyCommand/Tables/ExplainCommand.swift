import ArgumentParser
import Cryptally

/// `cryptally explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell what a query will cost and who learns what; run nothing.")

  @Argument(help: "The query.")
  var sql: String

  @Option(
    help: ArgumentHelp(
      "A table that the query would run on; repeat the option for several.", valueName: "file"))
  var table: [String] = []

  @Option(help: ArgumentHelp("The schema file, where there is no table yet.", valueName: "file"))
  var schema: String?

  func validate() throws {
    guard table.isEmpty != (schema == nil) else {
      throw ValidationError("Give either --table or --schema.")
    }
  }

  func run() throws {
    let subject =
      try schema.map { try QuerySubject(schema: Schema(contentsOf: $0)) }
      ?? QuerySubject(tables: table.map { try EncryptedTable(opening: $0) })
    let plan = try QueryText(sql).plan(subject.schema)
    let layout = try TableLayout(deriving: subject.schema)
    let explanation = try PlanExplanation(
      plan, schema: subject.schema, limbCount: layout.limbCount(of:))
    let figures = subject.figures(for: explanation)
    StandardStreams.write(explanation.text(figures: figures))
    try CostReport(plan, layout: layout, chunks: figures?.chunks).print()
    StandardStreams.print()
    StandardStreams.print("Keys and tables")
    var costs = TextTable(indentation: 2)
    try LayoutReport(layout).add(to: &costs)
    try KeySizeReport(layout).add(to: &costs)
    StandardStreams.print(costs)
  }
}
