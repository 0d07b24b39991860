import Cryptally
import Foundation

/// The sample claims and their schema.
struct DemoData {
  let csv: String
  let schema: String

  private static let place = "Examples/claims"

  /// - Throws: `CommandFailure` when one of the two files is missing.
  init(folder: String) throws(CommandFailure) {
    csv = folder + "/claims-sample.csv"
    schema = folder + "/claims.schema.yaml"
    for path in [csv, schema] where !FileManager.default.fileExists(atPath: path) {
      throw CommandFailure(.missingInput, "\(path): no such file")
    }
  }

  /// The folder that comes with the sources: from the current folder upward, then from the
  /// command's own.
  static func find() throws(CommandFailure) -> DemoData {
    let current = URL(
      fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
    let command = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    for start in [current, command].compactMap({ $0 }) {
      var folder = start
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent(place).path
        if FileManager.default.fileExists(atPath: candidate) {
          return try DemoData(folder: candidate)
        }
        folder.deleteLastPathComponent()
      }
    }
    throw CommandFailure(
      .missingInput, "\(place): not found from here upward; say where it is with --data FOLDER")
  }
}
