import Foundation

/// The files of one table. SQLite follows symbolic links, so the files beside a table stand beside
/// what its path leads to: the same table by two paths has one journal and one lock.
struct TableFiles: Hashable, Sendable {
  /// The path as the user gave it, for messages.
  let shown: String
  /// The table itself.
  let table: String

  init(path: String) {
    shown = path
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
    let name = folder.appendingPathComponent(url.lastPathComponent)
    table = name.resolvingSymlinksInPath().path
  }

  /// Which sources were taken; mode 0600, never uploaded.
  var journal: String { table + ".journal" }
  var shownJournal: String { shown + ".journal" }
  /// Held by the one process that adds records.
  var lock: String { table + ".lock" }
  /// The table while it is made, before it gets its name.
  var fresh: String { table + ".new" }
  var folder: String { URL(fileURLWithPath: table).deletingLastPathComponent().path }

  /// SQLite's files beside `path`.
  static func companions(of path: String) -> [String] { [path + "-wal", path + "-shm"] }

  /// Whether committed pages still stand in the write-ahead log.
  var hasWriteAheadLog: Bool {
    var status = stat()
    return stat(table + "-wal", &status) == 0 && status.st_size > 0
  }

  /// Throws unless there is a regular file at the table's path.
  func requireTable() throws(TableError) {
    var status = stat()
    guard stat(table, &status) == 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { throw .missing(path: shown) }
      throw .cannotRead(path: shown, reason: String(cString: strerror(code)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .notATable(path: shown, reason: "it is no regular file")
    }
  }

  var tableByteCount: Int64? {
    var status = stat()
    return stat(table, &status) == 0 ? Int64(status.st_size) : nil
  }

  var tableExists: Bool {
    var status = stat()
    return lstat(table, &status) == 0
  }
}
