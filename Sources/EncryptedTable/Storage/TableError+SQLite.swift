import GRDB

extension TableError {
  /// What SQLite says about the file, in our words. SQLite's texts hold no value of the table; its
  /// statements and their arguments are left out all the same.
  init(_ error: DatabaseError, path: String, part: String) {
    let text = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_NOTADB:
      self = .notATable(path: path, reason: "it is no SQLite file")
    case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_SCHEMA, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT,
      .SQLITE_ERROR, .SQLITE_TOOBIG:
      self = .damaged(path: path, part: part, reason: text)
    case .SQLITE_FULL, .SQLITE_READONLY:
      self = .cannotWrite(path: path, reason: text)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self = .cannotWrite(path: path, reason: "another process uses the file (\(text))")
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHORT_READ:
      self = .damaged(path: path, part: part, reason: text)
    default:
      self = .cannotRead(path: path, reason: text)
    }
  }
}

/// Runs `body`, with SQLite's errors turned into ours. `part` says what was read or written.
func mappingErrors<Result>(
  path: String, part: String, _ body: () throws -> Result
) throws(TableError) -> Result {
  do {
    return try body()
  } catch let error as TableError {
    throw error
  } catch let error as DatabaseError {
    throw TableError(error, path: path, part: part)
  } catch {
    // Row decoding errors quote the row, so only their existence is told.
    throw .damaged(path: path, part: part, reason: "a row cannot be decoded")
  }
}
