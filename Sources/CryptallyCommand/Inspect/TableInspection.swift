import Cryptally

/// What `inspect` tells of a table.
struct TableInspection {
  private let table: EncryptedTable

  init(_ path: String) throws {
    table = try EncryptedTable(opening: path, allowsTesting: true)
  }

  var lines: [String] {
    get throws {
      let description = table.description
      let schema = try Schema.parse(yaml: description.schemaText, source: table.path)
      let statistics = table.statistics
      var head = TextTable()
      head.add("what", "encrypted table, format version \(TableDescription.formatVersion)")
      if description.isTesting { head.add("", EnvelopeInspection.testingNotice) }
      head.add("table", "\(schema.table), identifier \(description.identifier)")
      head.add("public key", description.keyFingerprint.hexadecimal)
      head.add("parameters", description.parameterFingerprint.hexadecimal)
      head.add("snapshot", table.snapshotDigest.hexadecimal)
      head.add(
        "records",
        "\(FigureText.count(statistics.recordCount)) of a capacity of "
          + FigureText.count(schema.capacity))
      head.add(
        "chunks",
        "\(FigureText.count(statistics.chunkCount)) of up to "
          + FigureText.count(description.slotsPerChunk, "record"))
      head.add("bytes", FigureText.bytes(statistics.byteCount))
      return head.lines + [""] + sizes(statistics, schema) + ["", "schema"]
        + schemaLines(description.schemaText)
    }
  }

  /// Bytes by the schema's columns.
  private func sizes(_ statistics: TableStatistics, _ schema: Schema) -> [String] {
    var byColumn: [String: (ciphertexts: Int, bytes: Int)] = [:]
    var clear: [String: Int] = [:]
    var paillier = 0
    for column in statistics.columns {
      switch column.kind {
      case .ciphertext:
        let name = column.key.split(separator: "/").first.map(String.init) ?? column.key
        let size = byColumn[name, default: (0, 0)]
        byColumn[name] = (size.ciphertexts + 1, size.bytes + column.byteCount)
      case .clear: clear[column.key] = column.byteCount
      case .paillier: paillier += column.byteCount
      }
    }
    var table = TextTable([.left, .left, .right, .right])
    table.add("column", "stored as", "ciphertexts", "bytes")
    table.addRule()
    if let size = byColumn["occupied"] { add("(occupied slots)", size, to: &table) }
    for column in schema.columns {
      if let size = byColumn[column.name], column.protection == .encrypted {
        add(column.name, size, to: &table)
      } else if let bytes = clear[column.name] {
        table.add(column.name, "clear", "", FigureText.count(bytes))
      }
    }
    if paillier > 0 {
      let names = schema.columns.filter { $0.protection == .paillier }.map(\.name)
      table.add(names.joined(separator: ", "), "paillier", "", FigureText.count(paillier))
    }
    return table.lines
  }

  private func add(
    _ name: String, _ size: (ciphertexts: Int, bytes: Int), to table: inout TextTable
  ) {
    table.add(
      name, "encrypted", FigureText.count(size.ciphertexts), FigureText.count(size.bytes))
  }

  private func schemaLines(_ text: String) -> [String] {
    text.split(separator: "\n").map { "  " + TerminalText.shown(String($0)) }
  }
}
