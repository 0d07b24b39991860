import Foundation

/// A folder for files that a case needs on disk. It is removed with its content.
package final class TemporaryFolder: Sendable {
  private let url: URL

  /// - Throws: what the file system says.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "cryptally-vectors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it.
  package func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a text file and gives its path.
  package func write(_ text: String, to name: String) throws -> String {
    let path = path(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }
}
