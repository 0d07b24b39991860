import ArgumentParser

/// `cryptally vectors`.
struct VectorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors", abstract: "Run the test vectors on this build and this processor.",
    subcommands: [VectorsRunCommand.self, VectorsListCommand.self])
}
