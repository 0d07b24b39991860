/// Records of JSON: the lines of NDJSON, the elements of an array, the resources of a FHIR bundle.
package final class JSONSource: RecordSource {
  package let source: String
  package let headers: [String]
  package let rejects = RejectsFormat.json
  package private(set) var ignored: [String: Int] = [:]
  private var input: JSONInput
  private let shape: Shape
  /// Rows that were looked at already, or that one resource gave together; the last comes first.
  private var waiting: [RawRow] = []

  private enum Shape {
    case objects([JSONPath])
    case claims([FHIRPath])
  }

  /// How much is looked at to find the names of an object's cells.
  private static let sampleRecords = 1000
  private static let sampleBytes = 1 << 22
  private static let nameLimit = 1000

  /// Lines of claims.
  init(_ input: JSONInput, source: String, mapping: FHIRMapping) {
    self.source = source
    headers = mapping.names
    shape = .claims(mapping.paths)
    self.input = input
  }

  /// Objects. Their columns are the names in the first records, and `wanted`.
  init(_ input: JSONInput, source: String, wanted: [String]) throws(ClaimReadError) {
    self.source = source
    var input = input
    var names: [String] = []
    var known: Set<String> = []
    var sample: [(line: Int, raw: [UInt8])] = []
    var byteCount = 0
    while sample.count < JSONSource.sampleRecords, byteCount < JSONSource.sampleBytes,
      let (line, raw) = try input.next()
    {
      sample.append((line, raw))
      byteCount += raw.count
      guard names.count < JSONSource.nameLimit,
        let value = try? JSONScanner.value(of: raw[...])
      else { continue }
      for name in JSONPath.names(in: value) where known.insert(name).inserted {
        names.append(name)
      }
    }
    for name in wanted where known.insert(name).inserted { names.append(name) }
    guard !sample.isEmpty else { throw .empty(source: source) }
    let paths = names.map(JSONPath.init)
    headers = names
    shape = .objects(paths)
    self.input = input
    for (line, raw) in sample.reversed() {
      waiting += rows(line: line, raw: raw).reversed()
    }
  }

  package func next() throws(ClaimReadError) -> RawRow? {
    while waiting.isEmpty {
      guard let (line, raw) = try input.next() else { return nil }
      waiting = rows(line: line, raw: raw).reversed()
    }
    return waiting.popLast()
  }

  /// The rows of one line or element: claims have one for each item.
  private func rows(line: Int, raw: [UInt8]) -> [RawRow] {
    let value: JSONValue
    do {
      value = try JSONScanner.value(of: raw[...])
    } catch {
      return [.malformed(line: line, reason: .json(error), raw: raw)]
    }
    guard let record = input.record(in: value), case .object = record else {
      return [.malformed(line: line, reason: .notAnObject, raw: raw)]
    }
    switch shape {
    case .objects(let paths):
      return [.record(RawRecord(line: line, raw: raw, value: record, paths: paths))]
    case .claims(let paths):
      guard case .string(let type)? = record["resourceType"] else {
        return [.malformed(line: line, reason: .notAResource, raw: raw)]
      }
      guard type == "ExplanationOfBenefit" else {
        ignored[JSONSource.shown(type), default: 0] += 1
        return []
      }
      return FHIRLine.lines(of: record, paths: paths).map {
        .record(RawRecord(line: line, raw: raw, claimLine: $0, paths: paths))
      }
    }
  }

  /// A resource's type where it looks like one: nothing else of the file is shown.
  private static func shown(_ type: String) -> String {
    let isName =
      type.utf8.count <= 40 && type.utf8.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    return isName ? type : "resource of unknown type"
  }
}

/// Where JSON records are read from.
enum JSONInput {
  case lines(LineReader)
  case document(JSONDocument)

  init(
    _ bytes: ByteSource, isDocument: Bool, options: ReadingOptions
  ) throws(ClaimReadError) {
    if isDocument {
      self = .document(try JSONDocument(bytes, byteLimit: options.documentByteLimit))
    } else {
      self = .lines(try LineReader(bytes, byteLimit: options.jsonRecordByteLimit))
    }
  }

  /// The next record with the line on which it starts; nil at the end. Empty lines are none.
  mutating func next() throws(ClaimReadError) -> (line: Int, raw: [UInt8])? {
    switch self {
    case .lines(var reader):
      // The reader must not be shared while it changes, or its buffer would be copied.
      self = .document(.empty)
      defer { self = .lines(reader) }
      while true {
        let line = reader.line
        guard let raw = try reader.next() else { return nil }
        if !raw.allSatisfy(JSONScanner.isBlank) { return (line, raw) }
      }
    case .document(var document):
      self = .document(.empty)
      defer { self = .document(document) }
      return try document.next().map { ($0.line, Array($0.raw)) }
    }
  }

  /// The record in a value that `next` gave.
  func record(in value: JSONValue) -> JSONValue? {
    switch self {
    case .lines: value
    case .document(let document): document.record(in: value)
    }
  }
}
