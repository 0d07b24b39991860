/// One record as it stands in its source: cells by column, before a schema has looked at them.
package struct RawRecord: Sendable {
  /// The line on which the record starts, from 1.
  package let line: Int
  /// The record as it stands in the source, without its line end.
  package let raw: [UInt8]
  private let content: Content
  /// The cells that were calculated from the others, or why they could not be.
  package var computed: [Result<[UInt8]?, CellProblem>] = []

  private enum Content: Sendable {
    case delimited(CSVRecord)
    case json(JSONValue, [JSONPath])
    case fhir(FHIRLine, [FHIRPath])
    case texts([[UInt8]?])
  }

  init(_ record: CSVRecord) {
    line = record.line
    raw = record.raw
    content = .delimited(record)
  }

  init(line: Int, raw: [UInt8], value: JSONValue, paths: [JSONPath]) {
    self.line = line
    self.raw = raw
    content = .json(value, paths)
  }

  init(line: Int, raw: [UInt8], claimLine: FHIRLine, paths: [FHIRPath]) {
    self.line = line
    self.raw = raw
    content = .fhir(claimLine, paths)
  }

  /// A record of given cells, nil for NULL.
  package init(line: Int, raw: [UInt8], cells: [[UInt8]?]) {
    self.line = line
    self.raw = raw
    content = .texts(cells)
  }

  /// The cell of a column in UTF-8; nil where the source has none, or says null.
  package func cell(at index: Int) throws(CellProblem) -> ArraySlice<UInt8>? {
    switch content {
    case .delimited(let record): return record.bytes(at: index)
    case .json(let value, let paths):
      guard paths.indices.contains(index) else { return nil }
      return paths[index].value(in: value)?.cellText.map { Array($0.utf8)[...] }
    case .fhir(let claimLine, let paths):
      guard paths.indices.contains(index) else { return nil }
      return try claimLine.text(of: paths, at: index).map { Array($0.utf8)[...] }
    case .texts(let cells):
      return cells.indices.contains(index) ? cells[index].map { $0[...] } : nil
    }
  }

  /// The text of a calculated column; nil for NULL.
  package func computedCell(at index: Int) throws(CellProblem) -> ArraySlice<UInt8>? {
    guard computed.indices.contains(index) else { return nil }
    return try computed[index].get().map { $0[...] }
  }
}

/// One row of a source: a record, or what is wrong with the row.
package enum RawRow: Sendable {
  case record(RawRecord)
  case malformed(line: Int, reason: RecordProblem.Reason, raw: [UInt8])
}
