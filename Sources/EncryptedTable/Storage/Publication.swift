import GRDB
import SecureMemory

/// What every change of the published data ends with.
enum Publication {
  /// Runs `change` and makes what the table then holds its published data, in one transaction.
  ///
  /// - Returns: the digest over all published data.
  static func commit(
    _ database: Database, of description: TableDescription, path: String,
    change: (Database) throws -> Void
  ) throws -> Digest {
    // Unlike a staged batch, a publication that was reported must survive a power failure.
    try database.execute(sql: "PRAGMA synchronous = FULL")
    var snapshot: Digest?
    try database.inTransaction(.immediate) {
      try change(database)
      let catalog = try TableCatalog.load(database, path: path)
      let digest = catalog.snapshotDigest(description: description)
      try database.execute(
        sql: "UPDATE state SET publication = publication + 1, snapshot = ?",
        arguments: [digest.bytes.asData])
      snapshot = digest
      return .commit
    }
    return try snapshot ?? TableHead.state(database, path: path).1
  }

  /// Gives free pages back and merges the write-ahead log into the file. A reader that is at work
  /// may put the merging off to when the last connection closes; nothing is lost by that.
  static func settle(_ database: Database) throws {
    do {
      try database.execute(sql: "PRAGMA incremental_vacuum")
      try database.checkpoint(.truncate)
    } catch let error as DatabaseError
      where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
    {}
  }
}
