import GRDB

/// A change of published data that adds no records. While it exists nobody else changes the table.
struct TableChange {
  let files: TableFiles
  private let lock: WriterLock
  private let queue: DatabaseQueue
  private let description: TableDescription

  /// - Throws: `TableError.changedWhileReading` when the table is no longer what `table` shows,
  ///   `.writerRunning`, and whatever is wrong with the files.
  init(of table: EncryptedTable) throws(TableError) {
    let files = TableFiles(path: table.path)
    self.files = files
    lock = try WriterLock(files)
    try files.requireTable()
    let queue = try TableConnection.writer(of: files)
    self.queue = queue
    let isTesting = table.description.isTesting
    let head = try mappingErrors(path: table.path, part: "header") {
      try queue.read { try TableHead.load($0, files: files, allowsTesting: isTesting) }
    }
    guard head.description == table.description, head.publication == table.publication else {
      throw .changedWhileReading(path: table.path)
    }
    description = table.description
  }

  /// The ingests that staged records and were never published.
  var unfinishedIngests: [StoredIngest] {
    get throws(TableError) {
      try mappingErrors(path: files.shown, part: "list of ingests") {
        try queue.read { try StoredIngest.all($0, path: files.shown) }.filter {
          !$0.isLive && $0.recordCount > 0
        }
      }
    }
  }

  /// Makes the change in one transaction.
  func publish(_ change: (Database) throws -> Void) throws(TableError) {
    try mappingErrors(path: files.shown, part: "published data") {
      _ = try queue.inDatabase { database in
        try Publication.commit(database, of: description, path: files.shown, change: change)
      }
    }
  }

  /// Gives free space back and lets others change the table.
  func end() throws(TableError) {
    defer { lock.release() }
    try mappingErrors(path: files.shown, part: "published data") {
      try queue.inDatabase(Publication.settle)
      try queue.close()
    }
  }
}
