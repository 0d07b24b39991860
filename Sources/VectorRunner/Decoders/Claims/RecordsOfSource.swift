import ClaimSchema

/// Goes through all rows of a source.
enum RecordsOfSource {
  /// Looks at every cell and writes every row down as one that is rejected.
  ///
  /// - Returns: how many rows there were.
  @discardableResult
  static func read(_ source: any RecordSource) throws -> Int {
    var count = 0
    // The lines of a claim have their record in common.
    var rejected = 0
    while let row = try source.next() {
      count += 1
      switch row {
      case .malformed(let line, let reason, let raw):
        try checkReject(source, line: line, reason: "\(reason)", raw: raw)
      case .record(let record):
        for index in source.headers.indices {
          let cell = try? record.cell(at: index)
          guard let cell else { continue }
          try DecoderDefect.unless(
            String(validating: cell, as: UTF8.self) != nil, "a cell is not UTF-8")
        }
        guard record.line != rejected else { continue }
        rejected = record.line
        try checkReject(source, line: record.line, reason: "none", raw: record.raw)
      }
    }
    return count
  }

  /// A rejected record of JSON is one line.
  private static func checkReject(
    _ source: any RecordSource, line: Int, reason: String, raw: [UInt8]
  ) throws(DecoderDefect) {
    let row = source.rejects.row(line: line, reason: reason, raw: raw)
    guard case .json = source.rejects else { return }
    let ends = row.filter { $0 == 0x0A || $0 == 0x0D }
    try DecoderDefect.unless(
      ends.count == 1 && row.last == 0x0A, "a rejected record is not one line")
  }
}
