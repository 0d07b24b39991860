import Foundation

/// Bytes in blocks, from a file or from memory.
enum ByteSource {
  case memory([UInt8])
  case file(FileHandle, path: String)

  static let blockByteCount = 1 << 18

  /// Throws `ClaimReadError.fileMissing` or `.unreadable`.
  init(path: String) throws(ClaimReadError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .fileMissing(path: path)
    }
    guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path: path)
    }
    self = .file(handle, path: path)
  }

  /// The next block; empty at the end.
  mutating func next() throws(ClaimReadError) -> [UInt8] {
    switch self {
    case .memory(let bytes):
      self = .memory([])
      return bytes
    case .file(let handle, let path):
      do {
        return try handle.read(upToCount: ByteSource.blockByteCount).map { Array($0) } ?? []
      } catch {
        throw .unreadable(path: path)
      }
    }
  }
}
