import ArgumentParser
import Cryptally

/// `cryptally table stats`.
struct TableStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Tell how large a table is, how full, and what it still takes.")

  @Argument(help: "The table.")
  var table: String

  func run() throws {
    StandardStreams.print(try TableFigures(EncryptedTable(opening: table)).lines)
  }
}
