import ArgumentParser
import Cryptally

/// `cryptally schema check`.
struct SchemaCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a schema, and show what its keys and tables would be.")

  @Argument(help: "The schema file (YAML).")
  var schema: String

  @Option(
    help: ArgumentHelp(
      "Check every record of this claims file too, of any format.", valueName: "file"))
  var csv: String?

  @OptionGroup var file: ClaimsFileOptions

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
    let reader = try PreparedClaims(path: csv, schema: schema, options: file.reading()).reader()
    var shown = 0
    StandardStreams.print()
    while let row = try reader.next() {
      guard case .rejected(let problem, _) = row else { continue }
      shown += 1
      if shown <= SchemaCheckCommand.shownProblems { StandardStreams.print(problem.description) }
    }
    if shown > SchemaCheckCommand.shownProblems {
      StandardStreams.print(
        "and \(FigureText.count(shown - SchemaCheckCommand.shownProblems)) more")
    }
    let report = reader.report
    let summary = ReadingSummary(report)
    let columns = summary.columns
    StandardStreams.print(
      "\(csv): \(FigureText.count(report.read, "record")), "
        + (report.rejected == 0 ? "all fit" : "\(FigureText.count(report.rejected)) do not fit"))
    StandardStreams.print(
      summary.reasons + summary.ignored + (columns.isEmpty ? [] : [""]) + columns)
    try checkCounts(csv, report, capacity: schema.capacity)
  }

  private func checkCounts(_ csv: String, _ report: ReadingReport, capacity: Int) throws {
    guard report.rejected == 0 else {
      throw CommandFailure(
        .badData,
        "\(csv): \(FigureText.count(report.rejected)) of \(FigureText.count(report.read, "record")) "
          + "\(report.rejected == 1 ? "does" : "do") not fit \(self.schema)")
    }
    guard report.read <= capacity else {
      throw CommandFailure(
        .badData,
        "\(csv): \(FigureText.count(report.read, "record")), above the schema's capacity of "
          + "\(FigureText.count(capacity))")
    }
  }
}
