import ArgumentParser

/// `cryptally schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Propose and check schemas.",
    subcommands: [SchemaInferCommand.self, SchemaCheckCommand.self])
}
