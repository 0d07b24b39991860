extension PlanExplanation {
  /// What is known of the tables that a query would run on.
  public struct TableFigures: Hashable, Sendable {
    /// The tables' names, as the user knows them.
    public let tables: [String]
    /// The records of all tables together.
    public let records: Int
    /// The chunks of all tables together.
    public let chunks: Int
    /// The bytes that the query reads.
    public let bytesRead: Int

    /// Figures that the caller has computed from `columnsRead` and `readsPaillierRecords`.
    public init(tables: [String], records: Int, chunks: Int, bytesRead: Int) {
      self.tables = tables
      self.records = records
      self.chunks = chunks
      self.bytesRead = bytesRead
    }
  }

  /// The explanation as plain text; with the tables' figures where they are known.
  public func text(figures: TableFigures? = nil) -> String {
    var lines = ["Query", "  " + canonicalText, "", "Totals of each group"]
    for total in totals {
      let note = total.isSilent ? ", added silently" : ""
      lines.append("  \(total.description) (\(total.engine.rawValue)\(note))")
    }
    lines += ["", "Groups"] + groupLines
    if !circuit.isEmpty {
      lines += ["", hiddenGroupCount > 1 ? "Circuit of the first group" : "Circuit"]
      lines += circuit.map { "  " + $0 }
    }
    lines += ["", "Cost"] + costLines(figures)
    if !advice.isEmpty { lines += ["", "Cheaper"] + advice.map { "  " + $0 } }
    lines += ["", "Who learns what"] + partyLines(figures)
    return lines.joined(separator: "\n") + "\n"
  }

  private var groupLines: [String] {
    var lines: [String] = []
    if !clearGroupColumns.isEmpty {
      lines.append("  by \(clearGroupColumns.joined(separator: ", ")), seen by the server")
    }
    if !hiddenGroupColumns.isEmpty {
      lines.append(
        "  by \(hiddenGroupColumns.joined(separator: ", ")), hidden: "
          + "\(counted(hiddenGroupCount, "group")), empty ones included")
    }
    return lines.isEmpty ? ["  one, over all records that WHERE selects"] : lines
  }

  private func costLines(_ figures: TableFigures?) -> [String] {
    var lines: [String] = []
    if totals.contains(where: { $0.engine == .lattice }) {
      lines += [
        "  depth \(demand.depth) of \(depth): products of up to "
          + "\(counted(max(demand.factors, 1), "factor")), \(1 << depth) admitted",
        "  \(counted(columnsRead.count, "ciphertext column")) read, at most "
          + "\(counted(demand.products, "product")) for each total and chunk",
        demand.masks == 0
          ? "  no clear mask" : "  a clear mask where only part of a chunk qualifies",
      ]
    }
    if readsPaillierRecords { lines.append("  the packed Paillier records read") }
    if let figures {
      lines.append(
        "  \(counted(figures.records, "record")) in \(counted(figures.chunks, "chunk")), "
          + "\(counted(figures.bytesRead, "byte")) read")
    }
    return lines
  }

  private func partyLines(_ figures: TableFigures?) -> [String] {
    let clear =
      clearColumns.isEmpty
      ? "no clear column takes part" : "the clear cells of \(clearColumns.joined(separator: ", "))"
    let hidden =
      hiddenFilterColumns.isEmpty
      ? "" : ", not which records \(hiddenFilterColumns.joined(separator: ", ")) selects"
    let tables = figures.map { " (\($0.tables.joined(separator: ", ")))" } ?? ""
    let totalCount = counted(totals.count, "total")
    return [
      "  server: the query's text, the sizes of the tables\(tables), \(clear); no encrypted value"
        + " and no result\(hidden)",
      "  custodian: \(totalCount) of each group, those withheld included; no record",
      "  analyst: the totals asked for that the disclosure policy releases",
    ]
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
