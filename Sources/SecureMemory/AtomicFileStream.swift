#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that is written block by block and is there under its name only when it is whole.
///
/// The blocks go to a new file in the same folder; ``finish(replacing:)`` flushes it to the disk and
/// gives it the name. Without that, nothing is left of it.
public struct AtomicFileStream: ~Copyable {
  private let path: String
  private let temporary: String
  private let file: Int32

  /// - Parameters:
  ///   - path: the file; its folder must be there.
  ///   - permissions: such as `0o600`; the process's mask may take some away.
  /// - Throws: `SecureMemoryError.cannotCreate`.
  public init(path: String, permissions: UInt16) throws(SecureMemoryError) {
    self.path = path
    var random = SystemRandomSource()
    temporary =
      AtomicFile.folder(of: path) + "/.cryptally-" + Hexadecimal.text(of: random.bytes(12)) + ".tmp"
    file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(permissions))
    guard file >= 0 else {
      throw .cannotCreate(path: path, reason: AtomicFile.lastReason())
    }
  }

  deinit {
    close(file)
    unlink(temporary)
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: `SecureMemoryError.cannotCreate`.
  public mutating func write(_ bytes: [UInt8]) throws(SecureMemoryError) {
    guard OpenFile.writeAll(bytes, to: file) else {
      throw .cannotCreate(path: path, reason: AtomicFile.lastReason())
    }
  }

  /// Gives the file its name.
  ///
  /// - Parameter replacing: false to leave a file alone that has the name already.
  /// - Throws: ``SecureMemoryError``: `fileExists` or `cannotCreate`.
  public consuming func finish(replacing: Bool) throws(SecureMemoryError) {
    guard fsync(file) == 0 else {
      throw .cannotCreate(path: path, reason: AtomicFile.lastReason())
    }
    if replacing {
      guard rename(temporary, path) == 0 else {
        throw .cannotCreate(path: path, reason: AtomicFile.lastReason())
      }
    } else {
      // A hard link, unlike a rename, fails when the name is taken.
      guard link(temporary, path) == 0 else {
        throw errno == EEXIST
          ? .fileExists(path: path) : .cannotCreate(path: path, reason: AtomicFile.lastReason())
      }
      unlink(temporary)
    }
    try AtomicFile.flush(folder: AtomicFile.folder(of: path), for: path)
  }
}
