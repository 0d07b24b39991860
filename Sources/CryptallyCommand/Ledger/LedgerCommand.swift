import ArgumentParser

/// `cryptally ledger`.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Look at the list of opened answers.",
    subcommands: [LedgerVerifyCommand.self, LedgerShowCommand.self, LedgerStartCommand.self])
}
