import ArgumentParser
import Cryptally

/// `cryptally schema check`.
struct SchemaCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a schema, and show what its keys and tables would be.")

  @Argument(help: "The schema file (YAML).")
  var schema: String

  @Option(help: ArgumentHelp("Check every record of this claims file too.", valueName: "file"))
  var csv: String?

  /// Problems that are shown one by one.
  private static let shownProblems = 10

  func run() throws {
    let parsed = try Schema(contentsOf: schema)
    let layout = try TableLayout(deriving: parsed)
    StandardStreams.print("\(schema): table \(parsed.table), no error")
    StandardStreams.print()
    var keys = TextTable()
    try LayoutReport(layout).add(to: &keys)
    try KeySizeReport(layout).add(to: &keys)
    StandardStreams.print(keys)
    StandardStreams.print()
    StandardStreams.print(ColumnReport(parsed).table)
    if let csv { try check(csv, against: parsed) }
  }

  private func check(_ csv: String, against schema: Schema) throws {
    let reader = try ClaimReader(path: csv, schema: schema)
    var records = 0
    var problems = 0
    StandardStreams.print()
    while let row = try reader.next() {
      records += 1
      guard case .rejected(let problem, _) = row else { continue }
      problems += 1
      if problems <= SchemaCheckCommand.shownProblems { StandardStreams.print(problem.description) }
    }
    if problems > SchemaCheckCommand.shownProblems {
      StandardStreams.print("and \(problems - SchemaCheckCommand.shownProblems) more")
    }
    StandardStreams.print(
      "\(csv): \(FigureText.count(records, "record")), "
        + (problems == 0 ? "all fit" : "\(FigureText.count(problems)) do not fit"))
    guard problems == 0 else {
      throw CommandFailure(
        .badData,
        "\(csv): \(FigureText.count(problems)) of \(FigureText.count(records, "record")) "
          + "\(problems == 1 ? "does" : "do") not fit \(self.schema)")
    }
    guard records <= schema.capacity else {
      throw CommandFailure(
        .badData,
        "\(csv): \(FigureText.count(records, "record")), above the schema's capacity of "
          + "\(FigureText.count(schema.capacity))")
    }
  }
}
