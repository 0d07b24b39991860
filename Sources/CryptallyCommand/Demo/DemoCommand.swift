import ArgumentParser
import Cryptally

/// `cryptally demo`.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Encrypt sample claims, query them, open the answers, compare with the plaintext.",
    discussion: "Ends with 1 if an answer differs from the plaintext's.")

  @Option(
    help: ArgumentHelp(
      "The folder with claims-sample.csv and claims.schema.yaml.",
      discussion: "Without it, Examples/claims is looked for from here upward, then from the "
        + "command upward.",
      valueName: "folder"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The folder for keys, table and answers; a fresh temporary one if left out.",
      valueName: "folder"))
  var work: String?

  func run() async throws {
    let demonstration = try Demonstration(
      data: data.map(DemoData.init(folder:)) ?? DemoData.find(),
      work: work.map(DemoFolder.init(making:)) ?? DemoFolder.temporary())
    let differences = try await demonstration.run()
    guard differences == 0 else {
      throw CommandFailure(
        .differs, "\(FigureText.count(differences, "cell")) differ from the plaintext's answer")
    }
  }
}
