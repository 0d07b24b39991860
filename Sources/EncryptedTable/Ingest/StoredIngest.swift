import GRDB

/// One ingest as the table knows it.
struct StoredIngest: Sendable {
  var id: Int64
  var token: IngestToken
  var isLive: Bool
  var recordCount: Int

  static func all(_ database: Database, path: String) throws -> [StoredIngest] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT ingest.id, token, is_live, IFNULL(SUM(slot_count), 0)
        FROM ingest LEFT JOIN batch ON ingest_id = ingest.id GROUP BY ingest.id
        """)
    var ingests: [StoredIngest] = []
    while let row = try rows.next() {
      let fields = RowReader(row, path: path, part: "list of ingests")
      ingests.append(
        StoredIngest(
          id: try fields.integer(0), token: IngestToken(bytes: try fields.bytes(1)),
          isLive: try fields.integer(2) != 0, recordCount: try fields.count(3)))
    }
    return ingests
  }

  static func insert(
    _ database: Database, token: IngestToken, largestPersonCount: Int?
  ) throws {
    try database.execute(
      sql: "INSERT INTO ingest (token, is_live, most_of_person) VALUES (?, 0, ?)",
      arguments: [token.bytes.asData, largestPersonCount])
  }

  /// Removes the ingest and everything that it staged.
  static func delete(_ database: Database, id: Int64) throws {
    let parts = """
      SELECT part.id FROM part JOIN batch ON batch.id = batch_id WHERE ingest_id = ?
      """
    try database.execute(sql: "DELETE FROM blob WHERE id IN (\(parts))", arguments: [id])
    try database.execute(
      sql: """
        DELETE FROM part WHERE batch_id IN (SELECT id FROM batch WHERE ingest_id = ?)
        """, arguments: [id])
    try database.execute(sql: "DELETE FROM batch WHERE ingest_id = ?", arguments: [id])
    try database.execute(sql: "DELETE FROM ingest WHERE id = ?", arguments: [id])
  }
}
