import ArgumentParser
import Cryptally

/// `cryptally table delete`.
struct TableDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete the records of a table that meet a condition.",
    discussion: """
      The condition is what stands after WHERE in a query, over clear columns. Deleted records \
      count in no later query; what is stored of them leaves the file with `table compact`, once \
      every record of their chunk is deleted.
      """)

  @Argument(help: "The table.")
  var table: String

  @Option(name: .customLong("where"), help: ArgumentHelp("The condition.", valueName: "SQL"))
  var condition: String

  @Flag(name: .customLong("dry-run"), help: "Only tell how many records it would be.")
  var isDryRun = false

  func run() throws {
    let table = try EncryptedTable(opening: table)
    let schema = try Schema.parse(yaml: table.description.schemaText, source: table.path)
    let deletion: TableDeletion
    do throws(QueryError) {
      deletion = try TableDeletion(where: condition, schema: schema)
    } catch {
      throw QueryText(TableDeletion.statement(where: condition, schema: schema)).failure(error)
    }
    let report = try deletion.run(on: table, isDryRun: isDryRun)
    var counts = TextTable([.left, .right])
    counts.add(isDryRun ? "would be deleted" : "deleted", FigureText.count(report.deleted))
    counts.add(isDryRun ? "would be left" : "left", FigureText.count(report.left))
    StandardStreams.print(counts)
  }
}
