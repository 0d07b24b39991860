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
      if statistics.deletedCount > 0 {
        head.add("deleted", "\(FigureText.count(statistics.deletedCount)), still stored")
      }
      if let persons = table.largestPersonCount {
        head.add("one person", "at most \(FigureText.count(persons, "record"))")
      }
      head.add(
        "chunks",
        "\(FigureText.count(statistics.chunkCount)) of up to "
          + FigureText.count(description.slotsPerChunk, "record"))
      head.add("bytes", FigureText.bytes(statistics.byteCount))
      return head.lines + [""] + ColumnSizes(statistics, schema).lines + ["", "schema"]
        + schemaLines(description.schemaText)
    }
  }

  private func schemaLines(_ text: String) -> [String] {
    text.split(separator: "\n").map { "  " + TerminalText.shown(String($0)) }
  }
}
