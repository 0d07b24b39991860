import Foundation

/// A folder of test vectors: every JSON file below it but those of `schemas`.
package struct VectorFolder: Sendable {
  /// Where it is.
  package let url: URL
  /// The files, by their paths below the folder, sorted.
  package let files: [String]

  private static let schemaFolder = "schemas/"
  private static let fileLimit = 64 << 20

  /// - Throws: ``VectorFolderError/missing`` when there is no such folder, or no file in it.
  package init(_ path: String) throws(VectorFolderError) {
    url = URL(fileURLWithPath: path, isDirectory: true)
    let paths =
      FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    files = paths.filter {
      $0.hasSuffix(".json") && !$0.hasPrefix(VectorFolder.schemaFolder)
        && !$0.contains(".schema.")
    }.sorted()
    guard !files.isEmpty else { throw .missing(path: path) }
  }

  /// The package's own vectors, seen from a folder: `Vectors` there or in a folder above it.
  ///
  /// - Throws: ``VectorFolderError/notInCheckout``.
  package static func shipped(
    seenFrom start: String = FileManager.default.currentDirectoryPath
  ) throws(VectorFolderError) -> VectorFolder {
    var folder = URL(fileURLWithPath: start, isDirectory: true).standardizedFileURL
    while true {
      let candidate = folder.appending(path: "Vectors")
      let mark = candidate.appending(path: "schemas/vectors.schema.json")
      if FileManager.default.fileExists(atPath: mark.path) {
        return try VectorFolder(candidate.path)
      }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      guard parent.path != folder.path else { throw .notInCheckout }
      folder = parent
    }
  }

  func read(_ file: String) throws -> Data {
    let data = try Data(contentsOf: url.appending(path: file))
    guard data.count <= VectorFolder.fileLimit else {
      throw VectorFolderError.tooLarge(file: file, limit: VectorFolder.fileLimit)
    }
    return data
  }
}

/// Why there are no vectors to run.
package enum VectorFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No folder of that name, or no vectors in it.
  case missing(path: String)
  /// No folder was named, and the current one is in no checkout of the package.
  case notInCheckout
  /// A file that is longer than vectors are.
  case tooLarge(file: String, limit: Int)

  /// What was wrong, and what to do.
  package var description: String {
    switch self {
    case .missing(let path): "\(path): there are no test vectors in this folder"
    case .notInCheckout:
      "the package's test vectors are not here: run this in a checkout of it, or name the folder"
    case .tooLarge(let file, let limit): "\(file): longer than \(limit) bytes"
    }
  }
}
