import Foundation
import GRDB

/// How the file of a table is opened.
enum TableConnection {
  /// How a reading connection can be had.
  enum ReadMode: Hashable, Sendable {
    /// The file and its folder can be written. Such a connection writes nothing either, but SQLite
    /// may make its shared-memory file, and takes it away with the last connection.
    case shared
    /// The file or its folder cannot be written, and SQLite's companions are there.
    case readOnly
    /// The folder cannot be written and there is no write-ahead log: the file stands still.
    case frozen
  }

  /// The one connection that adds records.
  static func writer(of files: TableFiles) throws(TableError) -> DatabaseQueue {
    var configuration = baseConfiguration()
    // A batch is one transaction over several calls.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      // A commit that a power failure takes back is staged again from the source, because what is
      // committed is read from the table itself. Publishing is synchronized fully.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      // Ciphertexts need no erasing, and zeroing them would double the writes.
      try database.execute(sql: "PRAGMA secure_delete = OFF")
      try database.execute(sql: "PRAGMA cache_size = -32768")
    }
    return try open(files.table, configuration, shown: files.shown)
  }

  /// The connection in which a table is made, under its provisional name.
  static func creator(of files: TableFiles) throws -> DatabaseQueue {
    try DatabaseQueue(path: files.fresh, configuration: baseConfiguration())
  }

  /// A connection that only reads, and the way in which it was had.
  static func reader(of files: TableFiles) throws(TableError) -> (DatabaseQueue, ReadMode) {
    try files.requireTable()
    if access(files.table, W_OK) == 0, access(files.folder, W_OK) == 0 {
      return (try reader(of: files, mode: .shared), .shared)
    }
    if files.hasWriteAheadLog || access(files.folder, W_OK) == 0 {
      return (try reader(of: files, mode: .readOnly), .readOnly)
    }
    return (try reader(of: files, mode: .frozen), .frozen)
  }

  static func reader(
    of files: TableFiles, mode: ReadMode
  ) throws(TableError) -> DatabaseQueue {
    var configuration = baseConfiguration()
    configuration.readonly = mode != .shared
    let path = mode == .frozen ? frozenAddress(of: files.table) : files.table
    return try open(path, configuration, shown: files.shown)
  }

  private static func open(
    _ path: String, _ configuration: Configuration, shown: String
  ) throws(TableError) -> DatabaseQueue {
    try mappingErrors(path: shown, part: "header") {
      try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  private static func baseConfiguration() -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // The file may come from anywhere: nothing in it may act, and its pages are checked.
      try database.execute(sql: "PRAGMA trusted_schema = 0")
      try database.execute(sql: "PRAGMA cell_size_check = 1")
    }
    return configuration
  }

  /// SQLite needs no companion of a file that it is told will not change.
  private static func frozenAddress(of path: String) -> String {
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(charactersIn: "?#%;")
    let escaped = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    return "file:\(escaped)?immutable=1"
  }
}
