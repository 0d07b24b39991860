import ArgumentParser
import Cryptally

/// `cryptally ledger show`.
struct LedgerShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "List the answers that were opened or refused.",
    discussion: "The ledger is checked first, as `ledger verify` does.")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case json
  }

  @OptionGroup var options: LedgerOptions

  @Option(help: "How the list is written.")
  var format = Format.table

  func run() throws {
    let chain = try options.chain()
    switch format {
    case .json: StandardStreams.write(LedgerFormatter.json(chain.entries))
    case .table: StandardStreams.print(LedgerShowCommand.table(chain.entries))
    }
    LedgerNotice.tornBytes(chain.tornByteCount, of: options.files.ledgerName)
  }

  private static func table(_ entries: [LedgerEntry]) -> TextTable {
    var table = TextTable([.right, .left, .left, .right, .right, .right])
    table.add("entry", "time", "outcome", "cells", "withheld", "budget left", "query")
    table.addRule()
    for entry in entries {
      let event = entry.event
      let outcome =
        switch event.outcome {
        case .opened: "opened"
        case .refused(let reason): "refused: \(reason)"
        }
      table.add(
        String(entry.index), LedgerFormatter.time(of: entry), TerminalText.shown(outcome),
        FigureText.count(event.cellCount), FigureText.count(event.withheldCount),
        event.budget.map { FigureText.decimal($0.leftMillionths, scale: 6) } ?? "",
        TerminalText.shown(event.query))
    }
    return table
  }
}
