import ArgumentParser
import Cryptally

/// `cryptally table compact`.
struct TableCompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Drop chunks without a live record, and give their space back.",
    discussion: """
      Deleted records beside live ones stay stored: their slots cannot be emptied without the \
      secret key. Free slots stay too, for later appends. Both are counted.
      """)

  @Argument(help: "The table.")
  var table: String

  @Flag(
    name: .customLong("discard-unfinished"),
    help: "Drop what an interrupted encrypt has left, rather than refuse.")
  var discardsUnfinished = false

  func run() throws {
    let report = try EncryptedTable(opening: table).compact(discardsUnfinished: discardsUnfinished)
    var lines = TextTable([.left, .right])
    lines.add(
      "dropped", FigureText.count(report.droppedChunks, "chunk"),
      "with \(FigureText.count(report.droppedRecords, "deleted record"))")
    lines.add(
      "freed", FigureText.bytes(max(0, report.byteCountBefore - report.byteCountAfter)),
      "\(FigureText.bytes(report.byteCountAfter)) are left")
    if report.deletedLeft > 0 {
      lines.add(
        "not emptied", FigureText.count(report.deletedLeft, "deleted record"),
        "beside live ones; that takes the secret key")
    }
    if report.freeSlots > 0 {
      lines.add(
        "not merged", FigureText.count(report.freeSlots, "free slot"), "appends fill them")
    }
    StandardStreams.print(lines)
  }
}
