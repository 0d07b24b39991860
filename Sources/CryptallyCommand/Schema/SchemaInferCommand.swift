import ArgumentParser
import Cryptally

/// `cryptally schema infer`.
struct SchemaInferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer",
    abstract: "Propose a schema from a claims file, with a comment on each guess.")

  @Argument(help: "The claims file.")
  var claims: String

  @Option(help: ArgumentHelp(ClaimFormat.help, valueName: "format"))
  var format: ClaimFormat?

  @Option(
    help: ArgumentHelp(
      "Write the schema to this file, which must not exist, rather than to standard output.",
      valueName: "file"))
  var out: String?

  func run() throws {
    if let out { try OutputPath(out).checkIsFree() }
    let proposal = try SchemaInference.propose(
      file: claims, options: ReadingOptions(format: format))
    guard let out else { return StandardStreams.write(proposal) }
    try AtomicFile.write(Array(proposal.utf8), to: out, permissions: 0o644, replacing: false)
    StandardStreams.print("\(out): read every line of it, then run `cryptally schema check \(out)`")
  }
}
