#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Files that grow at their end.
public enum AppendedFile {
  /// Writes bytes from an offset on and flushes them to the disk; what stood behind the offset is gone.
  ///
  /// - Parameters:
  ///   - bytes: what is added.
  ///   - path: a file that is there.
  ///   - offset: at most the file's length.
  /// - Throws: ``SecureMemoryError``: `noSuchFile` or `cannotCreate`.
  public static func write(
    _ bytes: [UInt8], to path: String, at offset: Int
  ) throws(SecureMemoryError) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT
        ? .noSuchFile(path: path) : .cannotCreate(path: path, reason: AtomicFile.lastReason())
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw .cannotCreate(path: path, reason: AtomicFile.lastReason())
    }
    guard offset >= 0, offset <= Int(status.st_size) else {
      throw .cannotCreate(path: path, reason: "it is shorter than it was a moment ago")
    }
    guard ftruncate(file, off_t(offset)) == 0, lseek(file, off_t(offset), SEEK_SET) >= 0,
      OpenFile.writeAll(bytes, to: file), fsync(file) == 0
    else { throw .cannotCreate(path: path, reason: AtomicFile.lastReason()) }
  }
}
