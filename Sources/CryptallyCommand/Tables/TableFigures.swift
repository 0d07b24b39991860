import Cryptally

/// What `table stats` tells.
struct TableFigures {
  private let table: EncryptedTable
  private let schema: Schema

  init(_ table: EncryptedTable) throws {
    self.table = table
    schema = try Schema.parse(yaml: table.description.schemaText, source: table.path)
  }

  var lines: [String] {
    get throws {
      let statistics = table.statistics
      let stored = statistics.recordCount + statistics.deletedCount
      var head = TextTable()
      head.add(
        "records",
        FigureText.count(statistics.recordCount) + " of a capacity of "
          + FigureText.count(schema.capacity))
      head.add("deleted", "\(FigureText.count(statistics.deletedCount)), still stored")
      head.add("ingests", FigureText.count(statistics.ingestCount))
      head.add(
        "chunks",
        FigureText.count(statistics.chunkCount) + " of up to "
          + FigureText.count(table.description.slotsPerChunk, "record"))
      head.add("free slots", FigureText.count(statistics.freeSlotCount))
      head.add(
        "bytes",
        FigureText.bytes(statistics.byteCount)
          + (stored > 0 ? ", \(FigureText.bytes(statistics.byteCount / stored)) a record" : ""))
      if let persons = table.largestPersonCount {
        head.add("one person", "at most \(FigureText.count(persons, "record"))")
      }
      head.add("noise", noise)
      return try head.lines + [""] + ColumnSizes(statistics, schema).lines + mixture
    }
  }

  /// What the parameters were derived for: so many appends and factors are certain to decrypt.
  private var noise: String {
    let most = TableChunk.maximumAppendCount
    let appends = table.chunks.map(\.appends.count).max() ?? 0
    let closed = table.chunks.count { $0.appends.count == most }
    let factors = "products of up to \(1 << schema.depth) factors"
    return "\(factors); at most \(appends) of \(most) appends in a chunk"
      + (closed > 0 ? ", \(FigureText.count(closed, "chunk")) closed to more" : "")
  }

  /// How many chunks a filter on each clear column can take or leave whole.
  private var mixture: [String] {
    get throws {
      guard !table.clearColumns.isEmpty, !table.chunks.isEmpty else { return [] }
      var lines = TextTable([.left, .right, .right])
      lines.add("clear column", "chunks of one value", "of several")
      lines.addRule()
      for column in table.clearColumns {
        let single = try table.chunks.count {
          try table.clearStatistics(column: column, chunk: $0.index).hasOneValue
        }
        lines.add(
          column, FigureText.count(single), FigureText.count(table.chunks.count - single))
      }
      return [""] + lines.lines
    }
  }
}
