import GRDB
import Locking

/// Reading connections, one for each concurrent reader: made when they are first needed, kept.
final class ReaderPool: Sendable {
  private let files: TableFiles
  private let mode: TableConnection.ReadMode
  private let idle: Locked<[DatabaseQueue]>

  init(files: TableFiles) throws(TableError) {
    self.files = files
    let (first, mode) = try TableConnection.reader(of: files)
    self.mode = mode
    idle = Locked([first])
  }

  func read<Result>(
    part: String, _ body: (Database) throws -> Result
  ) throws(TableError) -> Result {
    let queue: DatabaseQueue
    if let waiting = idle.withLock({ $0.popLast() }) {
      queue = waiting
    } else {
      queue = try TableConnection.reader(of: files, mode: mode)
    }
    defer { idle.withLock { $0.append(queue) } }
    return try mappingErrors(path: files.shown, part: part) { try queue.read(body) }
  }
}
