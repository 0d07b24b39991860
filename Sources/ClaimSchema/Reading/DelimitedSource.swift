/// Records of delimited text under a header.
package final class DelimitedSource: RecordSource {
  package var source: String { reader.source }
  package let headers: [String]
  package let rejects: RejectsFormat
  private let reader: CSVReader

  /// Takes over a reader that stands at the header.
  package init(_ reader: CSVReader) throws(ClaimReadError) {
    let header = try reader.header()
    self.reader = reader
    headers = (0..<header.count).map { header.name(at: $0) }
    rejects = .delimited(headerRow: header.raw, delimiter: reader.delimiter)
  }

  package func next() throws(ClaimReadError) -> RawRow? {
    switch try reader.next() {
    case nil: nil
    case .malformed(let line, let problem, let raw)?:
      .malformed(line: line, reason: .row(problem), raw: raw)
    case .record(let record)?: .record(RawRecord(record))
    }
  }
}

extension CSVReader {
  /// The first row, which must be there and well formed.
  fileprivate func header() throws(ClaimReadError) -> CSVRecord {
    switch try next() {
    case nil: throw .empty(source: source)
    case .malformed(_, let problem, _)?:
      throw .malformedHeader(source: source, problem: problem)
    case .record(let record)?: return record
    }
  }
}

extension CSVRecord {
  /// A header without the spaces around it.
  fileprivate func name(at index: Int) -> String {
    CellText.composed(CellText.trimmed(bytes(at: index)))
  }
}
