import Foundation

/// The beginning of a file that may be too large to be read whole.
enum FilePrefix {
  /// At most `byteCount` bytes.
  static func read(_ path: String, byteCount: Int) throws(CommandFailure) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure(.missingInput, "\(path): no such file")
    }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure(.missingInput, "\(path): cannot be read")
    }
    defer { try? file.close() }
    do {
      return try file.read(upToCount: byteCount).map { Array($0) } ?? []
    } catch {
      throw CommandFailure(.missingInput, "\(path): cannot be read")
    }
  }
}
