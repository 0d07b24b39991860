import GRDB

/// The layout of the SQLite file.
///
/// Every stage of an ingest is a batch; every stored byte string is a part of a batch, in `part`
/// what it is and in `blob` what it holds, so that the catalogue is read without the ciphertexts. A
/// part counts when its batch's ingest is live: publishing turns one flag and moves no blob. Of
/// several ciphertexts for one chunk and column, the one of the latest batch counts. A tombstone says
/// which slots of a chunk are deleted. Chunks have numbers that ascend and never change, with gaps where
/// chunks were dropped, because every part's digest is bound to its chunk's number.
enum TableFormat {
  /// "Cryp", in the header of the file.
  static let applicationIdentifier: Int32 = 0x4372_7970
  static let version = Int(TableDescription.formatVersion)
  /// Blobs of about 1.5 MiB go in and out about three times as fast as with SQLite's 4 KiB, and an
  /// empty table is still small.
  static let pageByteCount = 16384
  /// SQLite's own limit on one blob is 10^9 bytes.
  static let maximumBlobByteCount = 1_000_000_000

  private static let objects: [(name: String, sql: String)] = [
    (
      "description",
      "CREATE TABLE description (id INTEGER PRIMARY KEY CHECK (id = 1), envelope BLOB NOT NULL) "
        + "STRICT"
    ),
    (
      "state",
      "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), publication INTEGER NOT NULL, "
        + "snapshot BLOB NOT NULL) STRICT"
    ),
    (
      "ingest",
      "CREATE TABLE ingest (id INTEGER PRIMARY KEY, token BLOB NOT NULL, "
        + "is_live INTEGER NOT NULL, most_of_person INTEGER) STRICT"
    ),
    (
      "batch",
      "CREATE TABLE batch (id INTEGER PRIMARY KEY, ingest_id INTEGER NOT NULL, "
        + "chunk INTEGER NOT NULL, first_slot INTEGER NOT NULL, slot_count INTEGER NOT NULL) "
        + "STRICT"
    ),
    (
      "part",
      "CREATE TABLE part (id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL, "
        + "kind INTEGER NOT NULL, key TEXT NOT NULL, first_slot INTEGER NOT NULL, "
        + "slot_count INTEGER NOT NULL, byte_count INTEGER NOT NULL, statistics BLOB NOT NULL, "
        + "digest BLOB NOT NULL) STRICT"
    ),
    (
      "tombstone",
      "CREATE TABLE tombstone (chunk INTEGER PRIMARY KEY, slots BLOB NOT NULL) STRICT"
    ),
    ("blob", "CREATE TABLE blob (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT"),
  ]

  /// Makes the layout in an empty file.
  static func create(in database: Database, description: TableDescription) throws {
    // The order matters: the first two count only before the first page is written.
    try database.execute(sql: "PRAGMA page_size = \(pageByteCount)")
    try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
    try database.inTransaction(.immediate) {
      try database.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
      try database.execute(sql: "PRAGMA user_version = \(version)")
      for object in objects { try database.execute(sql: object.sql) }
      let envelope = description.encoded
      try database.execute(
        sql: "INSERT INTO description (id, envelope) VALUES (1, ?)", arguments: [envelope.asData])
      let snapshot = TableCatalog().snapshotDigest(description: description)
      try database.execute(
        sql: "INSERT INTO state (id, publication, snapshot) VALUES (1, 0, ?)",
        arguments: [snapshot.bytes.asData])
      return .commit
    }
    try database.execute(sql: "PRAGMA journal_mode = WAL")
  }

  /// Throws unless the file is a table in this layout and nothing else.
  static func check(_ database: Database, path: String) throws {
    let identifier = try integer(database, "PRAGMA application_id")
    guard identifier == Int64(applicationIdentifier) else {
      throw TableError.notATable(
        path: path, reason: identifier == 0 ? "an SQLite file of no application" : "another file")
    }
    let found = try integer(database, "PRAGMA user_version")
    guard found == Int64(version) else {
      throw TableError.unsupportedVersion(
        path: path, found: Int(clamping: found ?? 0), supported: version)
    }
    // A file from outside may hold triggers or views that act when its tables are used.
    let rows = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_master ORDER BY rowid")
    let stored = rows.map { row in
      (String.fromDatabaseValue(row[0]), String.fromDatabaseValue(row[1]))
    }
    let isExpected =
      stored.count == objects.count
      && zip(stored, objects).allSatisfy { $0.0 == $1.name && $0.1 == $1.sql }
    guard isExpected else {
      throw TableError.damaged(
        path: path, part: "layout", reason: "it is not that of version \(version)")
    }
  }

  /// Throws when the file ends before its last page does: SQLite itself reads what is missing of a
  /// page as zeros.
  static func checkLength(_ database: Database, files: TableFiles) throws {
    // Pages that stand in the write-ahead log need not be in the file yet.
    guard !files.hasWriteAheadLog, let byteCount = files.tableByteCount else { return }
    let pages = try integer(database, "PRAGMA page_count") ?? 0
    let pageByteCount = try integer(database, "PRAGMA page_size") ?? 0
    guard byteCount >= pages * pageByteCount else {
      throw TableError.damaged(
        path: files.shown, part: "file",
        reason: "\(byteCount) bytes, where it should have \(pages * pageByteCount)")
    }
  }

  private static func integer(_ database: Database, _ sql: String) throws -> Int64? {
    try Row.fetchOne(database, sql: sql).flatMap { Int64.fromDatabaseValue($0[0]) }
  }
}
