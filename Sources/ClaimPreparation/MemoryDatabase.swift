import ClaimSchema
import GRDBSQLite

/// An SQLite database that is never more than memory: claims stand in it in clear.
final class MemoryDatabase {
  let handle: OpaquePointer
  let readGuard = ReadGuard()
  private let budget = StepBudget()
  /// The name that errors give to the claims file.
  let source: String

  /// The most columns of a table, as SQLite has it.
  static let columnLimit = 1999
  /// The longest text or blob, in bytes.
  private static let valueLimit: Int32 = 1 << 24

  init(source: String) throws(ClaimReadError) {
    self.source = source
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
    guard sqlite3_open_v2(":memory:", &opened, flags, nil) == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw .sqlFailed(source: source, place: "SQLite", reason: "it cannot be started")
    }
    handle = opened
    _disableDoubleQuotedStringLiterals(handle)
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, MemoryDatabase.valueLimit)
    budget.install(on: handle)
    // Sorting, too, stays in memory.
    for pragma in ["temp_store = MEMORY", "journal_mode = OFF", "case_sensitive_like = ON"] {
      try execute("PRAGMA \(pragma)")
    }
    SQLFunctions.install(on: handle)
    readGuard.install(on: handle)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs a statement of our own.
  func execute(_ sql: String) throws(ClaimReadError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw .sqlFailed(source: source, place: "SQLite", reason: reason(atRunTime: true))
    }
  }

  /// Prepares one statement. `place` is how errors call it.
  func statement(_ sql: String, place: String) throws(ClaimReadError) -> SQLStatement {
    var prepared: OpaquePointer?
    var rest: Substring = ""
    let code = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      defer { rest = tail.map { Substring(String(cString: $0)) } ?? "" }
      return sqlite3_prepare_v2(handle, text, -1, &prepared, &tail)
    }
    guard code == SQLITE_OK else {
      let why = readGuard.refusal ?? reason(atRunTime: false)
      readGuard.forgetRefusal()
      throw .sqlRefused(source: source, place: place, reason: why)
    }
    guard let prepared, rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
      sqlite3_finalize(prepared)
      throw .sqlRefused(source: source, place: place, reason: "it must be one statement")
    }
    return SQLStatement(prepared, in: self, place: place)
  }

  /// How many steps the statements may take from here on.
  func allow(steps: Int) { budget.reset(to: steps) }

  /// SQLite's reason. What comes up while records are looked at could hold a part of them, so of
  /// that only the messages that are known to be fixed are shown.
  func reason(atRunTime: Bool) -> String {
    if budget.isCancelled { return "cancelled" }
    if budget.isExhausted { return "it takes too many steps" }
    let message = String(cString: sqlite3_errmsg(handle))
    guard atRunTime else { return message }
    let isFixed =
      ["integer overflow", "malformed JSON", "string or blob too big"].contains(message)
      || SQLFunctions.messages.contains(message)
    return isFixed ? message : String(cString: sqlite3_errstr(sqlite3_errcode(handle)))
  }

  /// A name in double quotes, as SQL takes any.
  static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
