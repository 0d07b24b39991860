import GRDBSQLite

/// Lets SQL from a schema read the tables that it is given and do nothing else: no writing, no
/// PRAGMA, no ATTACH, no extensions, no files. It also notes which columns are read.
final class ReadGuard {
  /// While true everything is allowed: our own statements fill the tables.
  var isOpen = true
  /// The tables that may be read.
  var tables: Set<String> = []
  /// The columns that were read since it was last emptied, by table.
  private var columns: [String: Set<String>] = [:]
  /// What was refused last.
  private(set) var refusal: String?

  /// Functions that reach outside, or that give something else on the second reading.
  private static let refusedFunctions: Set<String> = [
    "load_extension", "random", "randomblob", "readfile", "writefile", "edit", "fts3_tokenizer",
    "changes", "total_changes", "last_insert_rowid",
  ]
  /// Tables that are functions over their arguments.
  private static let tableFunctions: Set<String> = ["json_each", "json_tree"]

  func install(on handle: OpaquePointer) {
    sqlite3_set_authorizer(
      handle,
      { context, action, first, second, _, _ in
        guard let context else { return SQLITE_DENY }
        let readGuard = Unmanaged<ReadGuard>.fromOpaque(context).takeUnretainedValue()
        return readGuard.allows(
          action, first.map { String(cString: $0) } ?? "", second.map { String(cString: $0) } ?? "")
          ? SQLITE_OK : SQLITE_DENY
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func forgetRefusal() { refusal = nil }

  func forgetColumns() { columns = [:] }

  /// The columns of a table that a query has read; nil for all. SQLite does not tell which ones
  /// joins over columns of the same name compare.
  func columns(of table: String, readBy sql: String) -> Set<String>? {
    let words = sql.lowercased()
    return words.contains("using") || words.contains("natural") ? nil : columns[table] ?? []
  }

  private func allows(_ action: Int32, _ first: String, _ second: String) -> Bool {
    if isOpen { return true }
    switch action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: return true
    case SQLITE_READ: return allowsReading(first, column: second)
    case SQLITE_FUNCTION:
      guard ReadGuard.refusedFunctions.contains(second.lowercased()) else { return true }
      refusal = "the function \(second) is not allowed"
      return false
    default:
      refusal = "it may read the tables that it is given, and nothing else"
      return false
    }
  }

  private func allowsReading(_ table: String, column: String) -> Bool {
    let name = table.lowercased()
    if tables.contains(name) {
      columns[name, default: []].insert(column)
      return true
    }
    // A query's own name for a subquery comes here when no column of it is used.
    let isOwnName = column.isEmpty && !name.hasPrefix("sqlite_") && !name.hasPrefix("pragma_")
    if isOwnName || ReadGuard.tableFunctions.contains(name) { return true }
    refusal = "it may not read the table \(table)"
    return false
  }
}
