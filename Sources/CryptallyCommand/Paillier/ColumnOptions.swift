import ArgumentParser

/// A column of a CSV file.
struct ColumnOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A CSV file with a header.", valueName: "file"))
  var csv: String?

  @Option(help: ArgumentHelp("The column of it, as the header names it.", valueName: "name"))
  var column: String?

  func validate() throws {
    guard (csv == nil) == (column == nil) else {
      throw ValidationError("--csv and --column go together.")
    }
  }

  /// The column; nil when none is given.
  var source: (csv: String, column: String)? {
    guard let csv, let column else { return nil }
    return (csv, column)
  }
}
