import ArgumentParser
import VectorRunner

/// `cryptally vectors list`.
struct VectorsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the files of vectors, their kinds and sizes.")

  @OptionGroup
  var folder: VectorFolderArgument

  func run() throws {
    var table = TextTable([.left, .left, .right])
    table.add("file", "kind", "cases", "what it is for")
    for (file, header) in VectorRun(try folder.open()).headers() {
      if let header {
        table.add(file, header.kind, "\(header.caseCount)", header.description)
      } else {
        table.add(file, "-", "-", "not a file of vectors")
      }
    }
    StandardStreams.print(table)
  }
}
