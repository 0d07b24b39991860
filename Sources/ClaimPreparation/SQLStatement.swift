import ClaimSchema
import GRDBSQLite

/// A prepared statement, and the row that it stands on.
final class SQLStatement {
  private let handle: OpaquePointer
  private let database: MemoryDatabase
  private let place: String

  init(_ handle: OpaquePointer, in database: MemoryDatabase, place: String) {
    self.handle = handle
    self.database = database
    self.place = place
  }

  deinit { sqlite3_finalize(handle) }

  var columnNames: [String] {
    (0..<sqlite3_column_count(handle)).map { index in
      sqlite3_column_name(handle, index).map { String(cString: $0) } ?? ""
    }
  }

  /// How many values it waits for.
  var parameterCount: Int { Int(sqlite3_bind_parameter_count(handle)) }

  /// Whether running it changes nothing.
  var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

  /// Binds a text, nil for NULL; places count from 1. SQLite copies it.
  func bind(_ text: ArraySlice<UInt8>?, at place: Int) {
    let index = Int32(clamping: place)
    guard let text else {
      sqlite3_bind_null(handle, index)
      return
    }
    let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    text.withUnsafeBytes { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      // Empty text has no address, and would be NULL without one.
      _ = withUnsafePointer(to: 0 as CChar) { zero in
        sqlite3_bind_text(handle, index, start ?? zero, Int32(clamping: bytes.count), copying)
      }
    }
  }

  func bind(_ number: Int, at place: Int) {
    sqlite3_bind_int64(handle, Int32(clamping: place), Int64(number))
  }

  /// Goes to the next row; false after the last one.
  func step() throws(SQLFailure) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw SQLFailure(reason: database.reason(atRunTime: true))
    }
  }

  func reset() { sqlite3_reset(handle) }

  /// The text of a value of the row; nil for NULL. Whole numbers are written plainly, others as
  /// briefly as tells them apart.
  func text(at column: Int) throws(SQLFailure) -> [UInt8]? {
    let index = Int32(clamping: column)
    switch sqlite3_column_type(handle, index) {
    case SQLITE_NULL: return nil
    case SQLITE_INTEGER: return Array(String(sqlite3_column_int64(handle, index)).utf8)
    case SQLITE_FLOAT: return Array(String(sqlite3_column_double(handle, index)).utf8)
    case SQLITE_TEXT:
      let text = UnsafeBufferPointer(
        start: sqlite3_column_text(handle, index), count: Int(sqlite3_column_bytes(handle, index)))
      guard String(validating: text, as: UTF8.self) != nil, !text.contains(0) else {
        throw SQLFailure(reason: "the result is not UTF-8 text")
      }
      return Array(text)
    default: throw SQLFailure(reason: "the result is a blob")
    }
  }

  /// A whole number of the row; nil when it is none.
  func integer(at column: Int) -> Int? {
    let index = Int32(clamping: column)
    guard sqlite3_column_type(handle, index) == SQLITE_INTEGER else { return nil }
    return Int(exactly: sqlite3_column_int64(handle, index))
  }
}

/// Why a statement gave no result. It never carries a value.
struct SQLFailure: Error {
  let reason: String
}
