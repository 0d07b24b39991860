import ClaimSchema

/// The rows of a `prepare:` query as records, after the rows of the file that are none.
final class PreparedRows: RecordSource {
  var source: String { file.source }
  let headers: [String]
  let isPrepared = true
  let rejects: RejectsFormat
  var ignored: [String: Int] { file.ignored }
  private let file: WholeFile
  private let rows: SQLStatement
  private var malformed: ArraySlice<RawRow>
  /// The places of the columns in a row, and of the line if the query gives it.
  private let places: [Int]
  private let linePlace: Int?
  private var rowNumber = 0

  init(_ file: WholeFile) throws(ClaimReadError) {
    self.file = file
    rows = try file.rows()
    malformed = file.malformed[...]
    let names = file.headers
    linePlace = names.firstIndex(of: RecordTable.lineColumn)
    places = names.indices.filter { names[$0] != RecordTable.lineColumn }
    headers = places.map { names[$0] }
    rejects = .delimited(
      headerRow: PreparedRows.text(headers.map { Array($0.utf8) }),
      delimiter: Delimiter.comma.byte)
  }

  func next() throws(ClaimReadError) -> RawRow? {
    if let row = malformed.popFirst() { return row }
    do {
      guard try rows.step() else { return nil }
      rowNumber += 1
      let line = linePlace.flatMap(rows.integer(at:)) ?? rowNumber
      var cells: [[UInt8]?] = []
      for (place, header) in zip(places, headers) {
        do {
          cells.append(try rows.text(at: place))
        } catch {
          return .malformed(
            line: line, reason: .cell(header: header, .notComputed(reason: error.reason)), raw: [])
        }
      }
      return .record(RawRecord(line: line, raw: PreparedRows.text(cells), cells: cells))
    } catch {
      throw .sqlFailed(source: source, place: "'prepare'", reason: error.reason)
    }
  }

  /// Cells as a line of CSV.
  private static func text(_ cells: [[UInt8]?]) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let fields = cells.map { cell -> [UInt8] in
      let content = cell ?? []
      let isPlain = !content.contains { $0 == quote || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      return isPlain
        ? content : [quote] + content.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
    return Array(fields.joined(separator: [Delimiter.comma.byte]))
  }
}
