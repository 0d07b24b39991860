import Foundation
import Locking

/// Held by the one writer of a table. The system lets go of it when the process ends, however it
/// ends. It is a file of its own: a lock on the table would get in the way of SQLite's.
final class WriterLock: Sendable {
  private let path: String
  private let descriptor: Locked<Int32?>

  init(_ files: TableFiles) throws(TableError) {
    path = files.lock
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard file >= 0 else {
        throw .cannotCreate(path: files.shown, reason: String(cString: strerror(errno)))
      }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(file)
        if code == EWOULDBLOCK { throw .writerRunning(path: files.shown) }
        throw .cannotCreate(path: files.shown, reason: String(cString: strerror(code)))
      }
      // Another writer may have removed the file between opening and locking.
      var own = stat()
      var named = stat()
      if fstat(file, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino,
        own.st_dev == named.st_dev
      {
        descriptor = Locked(file)
        return
      }
      close(file)
    }
  }

  /// Lets another writer begin. Further calls do nothing.
  func release() {
    descriptor.withLock { file in
      guard let open = file else { return }
      unlink(path)
      close(open)
      file = nil
    }
  }

  deinit { release() }
}
