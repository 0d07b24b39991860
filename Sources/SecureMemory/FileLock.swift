#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that one process or thread at a time holds. The system lets go of it when the process ends,
/// however it ends; the empty file stays.
public struct FileLock: ~Copyable {
  private let file: Int32

  /// Waits until nobody else holds the file, which is made where it is missing.
  ///
  /// - Throws: ``SecureMemoryError``: `cannotCreate`.
  public init(path: String) throws(SecureMemoryError) {
    file = try FileLock.locked(path)
  }

  private static func locked(_ path: String) throws(SecureMemoryError) -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw .cannotCreate(path: path, reason: AtomicFile.lastReason())
    }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let reason = AtomicFile.lastReason()
        close(file)
        throw .cannotCreate(path: path, reason: reason)
      }
    }
    return file
  }

  deinit { close(file) }
}
