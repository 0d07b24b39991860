import Cryptally
import Foundation

/// Files that are written all or none, under names that are free.
struct NewFiles {
  /// A file with the bytes that it has.
  struct WrittenFile {
    let path: String
    let byteCount: Int
  }

  /// A file that is to be written.
  struct Content {
    let path: String
    let bytes: [UInt8]
    let permissions: UInt16
  }

  /// Makes the folder where it is missing, for its owner only, and sees that the names are free.
  static func prepare(folder: String, paths: [String]) throws(CommandFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw CommandFailure(.cannotCreate, "\(folder): the folder cannot be made")
    }
    for path in paths { try OutputPath(path).checkIsFree() }
  }

  /// The path of a file in a folder.
  static func path(_ name: String, in folder: String) -> String {
    URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(name).relativePath
  }

  /// Writes them in their order.
  ///
  /// - Throws: `SecureMemoryError`; then none is there.
  static func write(_ contents: [Content]) throws(SecureMemoryError) -> [WrittenFile] {
    var written: [WrittenFile] = []
    do {
      for content in contents {
        try AtomicFile.write(
          content.bytes, to: content.path, permissions: content.permissions, replacing: false)
        written.append(WrittenFile(path: content.path, byteCount: content.bytes.count))
      }
    } catch {
      for file in written { unlink(file.path) }
      throw error
    }
    return written
  }
}
