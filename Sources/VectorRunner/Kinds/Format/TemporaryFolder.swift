import Foundation

/// A folder for files that a case needs on disk; it is removed with the last reference.
final class TemporaryFolder: Sendable {
  private let url: URL

  /// - Throws: what the file system says.
  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "cryptally-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it.
  func path(_ name: String) -> String { url.appending(path: name).path }
}
