import Foundation
import GRDB

/// Makes and removes the files of a table. The caller holds the writer's lock.
enum TableCreation {
  /// Makes an empty table. It is built under another name, so that a kill leaves either no table or
  /// a whole one.
  static func create(
    _ files: TableFiles, description: TableDescription
  ) throws(TableError) {
    guard !files.tableExists else { throw .alreadyExists(path: files.shown) }
    if let defect = description.defect {
      throw .cannotCreate(path: files.shown, reason: defect)
    }
    removeFresh(files)
    defer { removeFresh(files) }
    do {
      let queue = try TableConnection.creator(of: files)
      try queue.inDatabase { try TableFormat.create(in: $0, description: description) }
      try queue.close()
    } catch {
      let reason = (error as? DatabaseError)?.message ?? "the file cannot be written"
      throw .cannotCreate(path: files.shown, reason: reason)
    }
    // SQLite's companions of an older table by that name would be taken for this one's.
    for companion in TableFiles.companions(of: files.table) { unlink(companion) }
    // A hard link, unlike a rename, fails when the name is taken.
    guard link(files.fresh, files.table) != 0 else { return }
    let code = errno
    if code == EEXIST { throw .alreadyExists(path: files.shown) }
    // Some file systems have no hard links; the lock and the check above must do there.
    let hasNoLinks = code == EPERM || code == ENOTSUP || code == EOPNOTSUPP
    guard hasNoLinks, rename(files.fresh, files.table) == 0 else {
      throw .cannotCreate(path: files.shown, reason: String(cString: strerror(code)))
    }
  }

  /// Removes a table that never held published records, and its journal.
  static func remove(_ files: TableFiles) {
    // The table goes first: without it, whatever remains says nothing.
    for path in [files.table] + TableFiles.companions(of: files.table) + [files.journal] {
      unlink(path)
    }
  }

  /// Removes the table that an ingest made and could not begin with.
  static func removeIfUnpublished(_ files: TableFiles) {
    let publication = try? ReaderPool(files: files).read(part: "state") {
      try TableHead.state($0, path: files.shown).0
    }
    if publication == 0 { remove(files) }
  }

  /// Removes what a kill left of a table that was being made.
  static func removeFresh(_ files: TableFiles) {
    for path in [files.fresh, files.fresh + "-journal"] + TableFiles.companions(of: files.fresh) {
      unlink(path)
    }
  }
}
