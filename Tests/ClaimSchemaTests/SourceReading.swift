import ClaimSchema
import Testing

/// The rows of a source as texts: the cells of the named columns, nil for NULL, or the reason.
enum SourceReading {
  static func open(
    _ text: String, format: ClaimFormat? = nil, wanted: [String] = []
  ) throws -> any RecordSource {
    try open(Array(text.utf8), format: format, wanted: wanted)
  }

  static func open(
    _ bytes: [UInt8], format: ClaimFormat? = nil, wanted: [String] = [],
    options: ReadingOptions = ReadingOptions()
  ) throws -> any RecordSource {
    var options = options
    options.format = format
    return try SourceOpening.open(bytes: bytes, source: "f", wanted: wanted, options: options)
  }

  static func cells(_ source: any RecordSource) throws -> [[String?]] {
    var rows: [[String?]] = []
    while let row = try source.next() {
      switch row {
      case .malformed(let line, let reason, _): rows.append(["\(line): \(reason)"])
      case .record(let record):
        rows.append(
          try source.headers.indices.map { index in
            try record.cell(at: index).map { String(decoding: $0, as: UTF8.self) }
          })
      }
    }
    return rows
  }
}
