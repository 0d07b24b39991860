/// Opens claims files of any format.
package enum SourceOpening {
  /// - Parameters:
  ///   - rules: how the table's files are read.
  ///   - wanted: names of cells that JSON records may lack and that are columns all the same.
  package static func open(
    path: String, rules: ReadingRules = .standard, wanted: [String] = [],
    options: ReadingOptions = ReadingOptions()
  ) throws(ClaimReadError) -> any RecordSource {
    try open(ByteSource(path: path), rules: rules, wanted: wanted, options: options)
  }

  /// The same from memory.
  package static func open(
    bytes: [UInt8], source: String, rules: ReadingRules = .standard, wanted: [String] = [],
    options: ReadingOptions = ReadingOptions()
  ) throws(ClaimReadError) -> any RecordSource {
    try open(
      ByteSource(bytes: bytes, source: source), rules: rules, wanted: wanted, options: options)
  }

  private static func open(
    _ bytes: ByteSource, rules: ReadingRules, wanted: [String], options: ReadingOptions
  ) throws(ClaimReadError) -> any RecordSource {
    var bytes = bytes
    let guess = FormatGuess(try bytes.peek())
    switch options.format ?? guess.format {
    case .csv:
      return try delimited(bytes, rules.delimiter?.byte, options)
    case .tsv:
      return try delimited(bytes, Delimiter.tab.byte, options)
    case .ndjson:
      let input = try JSONInput(bytes, isDocument: guess.isDocument, options: options)
      return try JSONSource(input, source: bytes.source, wanted: wanted)
    case .fhir:
      let input = try JSONInput(bytes, isDocument: guess.isDocument, options: options)
      return JSONSource(
        input, source: bytes.source, mapping: try mapping(rules, source: bytes.source))
    }
  }

  private static func delimited(
    _ bytes: ByteSource, _ delimiter: UInt8?, _ options: ReadingOptions
  ) throws(ClaimReadError) -> any RecordSource {
    let csv = CSVOptions(
      delimiter: delimiter, fieldByteLimit: options.fieldByteLimit,
      recordByteLimit: options.recordByteLimit)
    return try DelimitedSource(CSVReader(bytes, options: csv))
  }

  private static func mapping(
    _ rules: ReadingRules, source: String
  ) throws(ClaimReadError) -> FHIRMapping {
    do {
      return try FHIRMapping(overriding: rules.fhirColumns, source: source)
    } catch {
      throw .badMapping(source: source, reason: error.description)
    }
  }
}
