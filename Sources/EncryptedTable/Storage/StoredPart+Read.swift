import GRDB

extension StoredPart {
  /// Where the part is, for messages.
  func place(chunk: Int) -> String {
    switch kind {
    case .ciphertext, .clear: "chunk \(chunk), column '\(key)'"
    case .paillier: "chunk \(chunk), Paillier block \(key)"
    }
  }

  /// The bytes of the part; nil when they are missing or do not match the catalogue's digest.
  func read(_ database: Database, chunk: Int, table: TableIdentifier) throws -> [UInt8]? {
    let statement = try database.cachedStatement(sql: "SELECT bytes FROM blob WHERE id = ?")
    let rows = try Row.fetchCursor(statement, arguments: [id])
    guard let row = try rows.next() else { return nil }
    // SQLite's own memory: valid until the next row, copied once.
    return try row.withUnsafeData(atIndex: 0) { data -> [UInt8]? in
      guard let data, data.count == byteCount else { return nil }
      return data.withUnsafeBytes { bytes in
        let found = StoredPart.digest(
          of: bytes, kind: kind, key: key, chunk: chunk, slots: slots, table: table)
        return found == digest ? [UInt8](bytes) : nil
      }
    }
  }
}
