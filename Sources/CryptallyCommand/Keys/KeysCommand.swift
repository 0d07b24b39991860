import ArgumentParser

/// `cryptally keys`.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Make keys, and say which servers' answers are opened.",
    subcommands: [KeysGenerateCommand.self, KeysServerCommand.self, KeysPinCommand.self])
}
