import ArgumentParser

/// `cryptally table`.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Look after tables. No command of this group asks for a secret.",
    subcommands: [
      TableStatsCommand.self, TableVerifyCommand.self, TableDeleteCommand.self,
      TableCompactCommand.self,
    ])
}
