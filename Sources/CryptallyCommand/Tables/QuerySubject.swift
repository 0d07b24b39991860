import Cryptally

/// What a query is explained for: a schema, and the tables where there are some.
struct QuerySubject {
  let schema: Schema
  private let tables: [EncryptedTable]

  init(schema: Schema) {
    self.schema = schema
    tables = []
  }

  /// Tables that could be queried together.
  ///
  /// - Throws: `AnswerError`, `KeyError`, `SchemaError`.
  init(tables: [EncryptedTable]) throws {
    guard let first = tables.first?.description else { throw AnswerError.noTables }
    var seen: [TableIdentifier: String] = [:]
    for table in tables {
      let description = table.description
      if let earlier = seen.updateValue(table.path, forKey: description.identifier) {
        throw AnswerError.sameTableTwice(earlier, table.path)
      }
      guard description.keyFingerprint == first.keyFingerprint else {
        throw KeyError.keyMismatch(
          what: table.path, expected: first.keyFingerprint, found: description.keyFingerprint)
      }
      guard description.parameterFingerprint == first.parameterFingerprint else {
        throw KeyError.schemaMismatch(
          what: table.path, expected: first.parameterFingerprint,
          found: description.parameterFingerprint)
      }
    }
    schema = try Schema.parse(yaml: first.schemaText, source: tables[0].path)
    self.tables = tables
    let records = tables.reduce(0) { $0 + $1.recordCount }
    guard records <= schema.capacity else {
      throw AnswerError.overCapacity(records: records, capacity: schema.capacity)
    }
  }

  /// What the tables hold of the columns that a query reads; nil without tables.
  func figures(for explanation: PlanExplanation) -> PlanExplanation.TableFigures? {
    guard !tables.isEmpty else { return nil }
    let columns = Set(explanation.columnsRead.map(\.storageKey))
    let statistics = tables.map(\.statistics)
    let bytesRead = statistics.flatMap(\.columns).filter { column in
      switch column.kind {
      case .ciphertext: columns.contains(column.key)
      case .clear: explanation.clearColumns.contains(column.key)
      case .paillier: explanation.readsPaillierRecords
      }
    }.reduce(0) { $0 + $1.byteCount }
    return PlanExplanation.TableFigures(
      tables: tables.map(\.path), records: statistics.reduce(0) { $0 + $1.recordCount },
      chunks: statistics.reduce(0) { $0 + $1.chunkCount }, bytesRead: bytesRead)
  }
}
