import ArgumentParser

/// The command `cryptally`. Every subcommand is a call on a library, and printing.
@main
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cryptally",
    abstract: "Sums and counts over medical claims that nobody but the hospitals can read.",
    discussion: """
      A hospital encrypts its claims with the custodian's public key. A server that holds no \
      secret answers SQL on the ciphertexts. The custodian opens the totals, and withholds \
      those over few records.
      """,
    subcommands: [
      SchemaCommand.self, KeysCommand.self, EncryptCommand.self, QueryCommand.self,
      ExplainCommand.self, DecryptCommand.self, AuditCommand.self, LedgerCommand.self,
      InspectCommand.self, TableCommand.self, PaillierCommand.self, VectorsCommand.self,
      DemoCommand.self,
    ])

  static func main() async {
    var command: any ParsableCommand
    do {
      command = try parseAsRoot(nil)
    } catch {
      exitAfterParsing(error)
    }
    do {
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exitAfterRunning(error)
    }
  }

  /// Help is not an error; everything else is a wrong use of the command.
  private static func exitAfterParsing(_ error: any Error) -> Never {
    guard exitCode(for: error) != .success else { exit(withError: error) }
    let text = fullMessage(for: error)
    let label = "Error: "
    StandardStreams.report(text.hasPrefix(label) ? String(text.dropFirst(label.count)) : text)
    ExitStatus.usage.exit()
  }

  private static func exitAfterRunning(_ error: any Error) -> Never {
    // A command group without a subcommand asks for its help.
    if error is CleanExit || exitCode(for: error) == .success { exit(withError: error) }
    let failure = CommandFailure(error)
    StandardStreams.report(failure.message)
    failure.status.exit()
  }
}
