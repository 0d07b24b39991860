import ArgumentParser
import Cryptally

/// How a claims file is opened.
struct ClaimsFileOptions: ParsableArguments {
  @Option(help: ArgumentHelp(ClaimFormat.help, valueName: "format"))
  var format: ClaimFormat?

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "A file for a table that the schema's prepare query reads too; may stand several times.",
      valueName: "name=file"))
  var companions: [String] = []

  func reading() throws -> ReadingOptions {
    var options = ReadingOptions(format: format)
    for companion in companions {
      guard let mark = companion.firstIndex(of: "="), mark != companion.startIndex else {
        throw CommandFailure(.usage, "--with takes name=file, such as members=members.csv")
      }
      let name = String(companion[..<mark])
      let path = String(companion[companion.index(after: mark)...])
      guard options.companions.updateValue(path, forKey: name) == nil else {
        throw CommandFailure(.usage, "--with gives two files for \(name)")
      }
    }
    return options
  }
}

extension ClaimFormat: ExpressibleByArgument {
  static let help: String =
    "The file's format where its content does not tell it: "
    + allCases.map(\.rawValue).joined(separator: ", ") + "."
}
