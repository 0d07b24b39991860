/// Proposes a schema for a claims file, as YAML text with a comment on each guess.
///
/// The proposal is a starting point to be read by a person. It parses, admits the whole file, and is
/// the same on every run.
public enum SchemaInference {
  /// Reads the whole file, of any format. The table is called `table`, which is made an SQL name.
  public static func propose(
    file path: String, table: String = "claims", options: ReadingOptions = ReadingOptions()
  ) throws(ClaimReadError) -> String {
    try propose(SourceOpening.open(path: path, options: options), table: table)
  }

  /// Takes over a reader that stands at the header.
  public static func propose(
    _ reader: CSVReader, table: String = "claims"
  ) throws(ClaimReadError) -> String {
    try propose(DelimitedSource(reader), table: table)
  }

  package static func propose(
    _ source: any RecordSource, table: String = "claims"
  ) throws(ClaimReadError) -> String {
    guard source.headers.count <= Schema.columnLimit else {
      throw .tooManyColumns(
        source: source.source, count: source.headers.count, limit: Schema.columnLimit)
    }
    var profiles = Array(repeating: ColumnProfile(), count: source.headers.count)
    var records: Int64 = 0
    while let row = try source.next() {
      switch row {
      case .malformed(let line, let reason, _):
        throw .malformedRecord(source: source.source, line: line, reason: reason)
      case .record(let record):
        records += 1
        for index in profiles.indices {
          do {
            if let cell = try record.cell(at: index) { profiles[index].add(cell) }
          } catch {
            profiles[index].addUnreadable()
          }
        }
      }
    }
    guard records > 0 else { throw .noRecords(source: source.source) }

    let capacity = max(ColumnProposal.roundedUp(records * 4), 10_000)
    guard source.headers.indices.contains(where: { leftOut($0, of: source.headers) == nil }) else {
      throw .noNamedColumns(source: source.source)
    }
    let lines = columnLines(
      headers: source.headers,
      proposals: profiles.map { ColumnProposal($0, capacity: capacity) })
    return """
      # Proposed from \(records) records. Read every line: a guess knows only this file.
      # Columns may be empty unless you add 'nullable: false', which saves one ciphertext column.
      table: \(SQLIdentifier.make(table) ?? SQLIdentifier.proposed(for: table))
      capacity: \(capacity)  # records of all tables of one query together; about four times this file
      depth: 2  # products of up to 2^2 factors, the summed value included
      minimum_cohort: \(DisclosureSettings.defaultMinimumCohort)
      columns:
      \(lines.joined(separator: "\n"))

      """
  }

  private static func columnLines(headers: [String], proposals: [ColumnProposal]) -> [String] {
    var names: Set<String> = []
    return zip(headers, proposals).enumerated().map { index, column in
      let (header, proposal) = column
      if let reason = leftOut(index, of: headers) { return "  # Left out: \(reason)" }
      let name = uniqueName(for: header, among: &names)
      let naming = name == SQLIdentifier.make(header) ? "" : "name: \(name), "
      let key = SQLIdentifier.make(header) == nil ? quoted(header) : header
      return "  \(key): { \(naming)\(proposal.declaration) }  # \(proposal.comment)"
    }
  }

  /// Why a schema cannot name a column by its header; nil when it can.
  private static func leftOut(_ index: Int, of headers: [String]) -> String? {
    let header = headers[index]
    if !SchemaParser.headerBytes.contains(header.utf8.count) {
      return "column \(index + 1), whose header is empty or too long."
    }
    if ByteOrderMark.stands(in: header) {
      return "column \(index + 1), whose header holds the invisible U+FEFF."
    }
    if headers.count(where: { $0 == header }) > 1 {
      return "\(quoted(header)), which the header has more than once."
    }
    return nil
  }

  private static func uniqueName(for header: String, among names: inout Set<String>) -> String {
    let wanted = SQLIdentifier.make(header) ?? SQLIdentifier.proposed(for: header)
    var name = wanted
    var number = 2
    while !names.insert(name).inserted {
      name = "\(wanted.prefix(50))_\(number)"
      number += 1
    }
    return name
  }
}
