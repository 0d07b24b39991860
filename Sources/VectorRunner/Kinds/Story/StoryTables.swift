import BFV
import BigInteger
import ClaimKeys
import ClaimQuery
import ClaimSchema
import EncryptedTable

/// Encrypts a story's claims files and compares what is read, encoded and stored.
struct StoryTables {
  let keys: StoryKeys
  let folder: TemporaryFolder

  private var layout: TableLayout { keys.custodian.layout }

  func tables(_ vectors: [StoryCase.Table]) async throws -> [EncryptedTable] {
    var tables: [EncryptedTable] = []
    for (index, vector) in vectors.enumerated() {
      tables.append(try await table(vector, "tables[\(index)]"))
    }
    return tables
  }

  private func table(_ vector: StoryCase.Table, _ field: String) async throws -> EncryptedTable {
    let path = folder.path(field)
    let encryption = try TableEncryption(
      schema: layout.schema, publicKeys: keys.custodian.publicKeys,
      insecureForTesting: vector.seed.bytes)
    for (index, ingest) in vector.ingests.enumerated() {
      let place = "\(field).ingests[\(index)]"
      let source = try folder.write(ingest.csv, to: "\(place).csv")
      let records = try read(source)
      try VectorCheck.equal(
        "\(place).cells", records.map { $0.cells.map(\.vectorText) }, ingest.cells)
      try checkEncoding(of: records, ingest.batches, place)
      _ = try await encryption.encrypt(
        source, into: path, options: EncryptionOptions(appends: index > 0))
      let table = try EncryptedTable(opening: path, allowsTesting: true)
      try VectorCheck.equal(
        "\(field).identifier", table.description.identifier.bytes, vector.identifier)
      for (number, batch) in ingest.batches.enumerated() {
        try checkCiphertexts(table, batch, "\(place).batches[\(number)]")
      }
    }
    for (index, deletion) in vector.deletions.enumerated() {
      let report = try TableDeletion(where: deletion.where, schema: layout.schema)
        .run(on: EncryptedTable(opening: path, allowsTesting: true))
      try VectorCheck.equal(
        "\(field).deletions[\(index)]", [report.deleted, report.left],
        [deletion.deleted, deletion.left])
    }
    let table = try EncryptedTable(opening: path, allowsTesting: true)
    try VectorCheck.equal("\(field).snapshot", table.snapshotDigest.bytes, vector.snapshot)
    return table
  }

  private func read(_ path: String) throws -> [ClaimRecord] {
    let schema = PersonReading(layout.schema)?.schema ?? layout.schema
    let reader = try ClaimReader(path: path, schema: schema)
    var records: [ClaimRecord] = []
    while let row = try reader.next() {
      switch row {
      case .record(let record): records.append(record)
      case .rejected(let problem, _): throw problem
      }
    }
    return records
  }

  private func checkEncoding(
    of records: [ClaimRecord], _ batches: [StoryCase.Batch], _ field: String
  ) throws {
    let encoder = TableEncoder(layout: layout, publicKey: keys.custodian.publicKeys.fingerprint)
    let slotEncoder = keys.custodian.publicKeys.lattice.map { BatchEncoder($0.context) }
    var rest = records[...]
    for (index, batch) in batches.enumerated() {
      let field = "\(field).batches[\(index)]"
      let part = Array(rest.prefix(batch.count))
      rest = rest.dropFirst(batch.count)
      let encoded = encoder.encode(part)
      try VectorCheck.equal(
        "\(field).columns", layout.latticeColumns.map(\.storageKey), batch.columns.map(\.column))
      for (column, vector) in zip(layout.latticeColumns, batch.columns) {
        let slots = encoder.slotValues(column, encoded)
        try VectorCheck.equal("\(field).\(vector.column).slots", slots, vector.slots)
        let padding = [Int64](repeating: 0, count: batch.slot)
        try VectorCheck.digest(
          "\(field).\(vector.column).plaintext",
          words: slotEncoder?.encode(padding + slots).coefficients ?? [], vector.plaintext)
      }
      let packed = try part.map { try layout.packing?.pack(encoder.measures(of: $0)) ?? [] }
      try VectorCheck.equal(
        "\(field).paillier.block", Array(0..<(layout.packing?.blockCount ?? 0)),
        batch.paillier.map(\.block))
      for block in batch.paillier {
        try VectorCheck.equal(
          "\(field).paillier[\(block.block)].plaintexts",
          packed.map { $0[block.block].hexadecimal },
          block.plaintexts)
      }
    }
    try VectorCheck.equal("\(field).batches hold all records", rest.count, 0)
  }

  private func checkCiphertexts(
    _ table: EncryptedTable, _ batch: StoryCase.Batch, _ field: String
  ) throws {
    for column in batch.columns {
      try VectorCheck.digest(
        "\(field).\(column.column).ciphertext",
        table.ciphertext(column: column.column, chunk: batch.chunk), column.ciphertext)
    }
    for block in batch.paillier {
      let records = try table.paillierRecords(chunk: batch.chunk, block: block.block)
      try VectorCheck.equal(
        "\(field).paillier[\(block.block)] records", records.count, batch.slot + batch.count)
      for (index, digest) in block.ciphertexts.enumerated() {
        try VectorCheck.digest(
          "\(field).paillier[\(block.block)].ciphertexts[\(index)]",
          Array(records[batch.slot + index]), digest)
      }
    }
  }
}

extension CellValue {
  /// As vectors write it; nil for NULL.
  fileprivate var vectorText: String? {
    switch self {
    case .null: nil
    case .text(let text): "text \(text)"
    case .category(let index): "category \(index)"
    case .code(let code): "code \(code)"
    case .date(let day): "date \(day)"
    case .number(let number): "number \(number)"
    }
  }
}
