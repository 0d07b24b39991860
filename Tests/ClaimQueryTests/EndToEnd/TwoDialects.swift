/// SQL in PostgreSQL's spelling and in SQLite's, where they differ.
struct TwoDialects: Hashable {
  var postgres: String
  var sqlite: String

  init(_ both: String) {
    self.init(both, both)
  }

  init(_ postgres: String, _ sqlite: String) {
    self.postgres = postgres
    self.sqlite = sqlite
  }

  static func + (a: TwoDialects, b: TwoDialects) -> TwoDialects {
    TwoDialects(a.postgres + b.postgres, a.sqlite + b.sqlite)
  }

  static func + (a: String, b: TwoDialects) -> TwoDialects { TwoDialects(a) + b }
  static func + (a: TwoDialects, b: String) -> TwoDialects { a + TwoDialects(b) }
}

extension [TwoDialects] {
  func joined(_ separator: String) -> TwoDialects {
    TwoDialects(
      map(\.postgres).joined(separator: separator), map(\.sqlite).joined(separator: separator))
  }
}

/// A generated query.
struct GeneratedQuery {
  let sql: TwoDialects
  /// False where SQLite has no equivalent to compare with.
  let isPortable: Bool
  /// The output columns that are group keys.
  let keyCount: Int
  /// Whether ORDER BY decides the place of every row.
  let isOrdered: Bool
}
