/// The records of one JSON document: the resources of a FHIR bundle, the elements of an array, or
/// the document itself. It is held in memory as a whole, its records one by one.
struct JSONDocument {
  private let bytes: [UInt8]
  private let source: String
  private let shape: Shape
  /// Where the next record is looked for; nil after the last.
  private var position: Int?
  /// The line of `counted`, up to which line ends were counted.
  private var line = 1
  private var counted = 0

  private enum Shape {
    case bundle
    case array
    case single
  }

  /// A document without records.
  static var empty: JSONDocument {
    JSONDocument(bytes: [], source: "", shape: .array, position: nil)
  }

  private init(bytes: [UInt8], source: String, shape: Shape, position: Int?) {
    self.bytes = bytes
    self.source = source
    self.shape = shape
    self.position = position
  }

  init(_ bytes: ByteSource, byteLimit: Int) throws(ClaimReadError) {
    var bytes = bytes
    source = bytes.source
    var content: [UInt8] = []
    while true {
      let block = try bytes.next()
      if block.isEmpty { break }
      content += block
      guard content.count <= byteLimit else {
        throw .documentTooLong(source: source, limit: byteLimit)
      }
    }
    if content.starts(with: ByteOrderMark.bytes) {
      content.removeFirst(ByteOrderMark.bytes.count)
    }
    do {
      (shape, position) = try JSONDocument.shape(of: content)
    } catch {
      throw .malformedDocument(source: source, problem: error)
    }
    self.bytes = content
  }

  /// The next record with the line on which it starts; nil at the end.
  mutating func next() throws(ClaimReadError) -> (line: Int, raw: ArraySlice<UInt8>)? {
    guard let position else { return nil }
    do {
      var scanner = JSONScanner(bytes[position...])
      scanner.skipBlanks()
      let start = scanner.position
      let raw = try scanner.skipValue()
      if shape == .single || !scanner.take(",") {
        if shape != .single { try scanner.expect("]") }
        if shape != .bundle { try scanner.expectEnd() }
        self.position = nil
      } else {
        self.position = scanner.position
      }
      line += bytes[counted..<start].count { $0 == 0x0A }
      counted = start
      return (line, raw)
    } catch {
      let place = JSONProblem(offset: position + error.offset, what: error.what)
      throw .malformedDocument(source: source, problem: place)
    }
  }

  /// A record out of what `next` gives: a bundle's entries hold it as their resource.
  func record(in value: JSONValue) -> JSONValue? {
    shape == .bundle ? value["resource"] : value
  }

  /// What the document is, and where its first record is looked for.
  private static func shape(
    of bytes: [UInt8]
  ) throws(JSONProblem) -> (Shape, Int?) {
    var scanner = JSONScanner(bytes[...])
    if scanner.take("[") {
      let start = scanner.position
      guard scanner.take("]") else { return (.array, start) }
      try scanner.expectEnd()
      return (.array, nil)
    }
    try scanner.expect("{")
    var entries: Int??
    var isBundle = false
    if !scanner.take("}") {
      repeat {
        let name = try scanner.memberName()
        if name == "resourceType" {
          isBundle = try scanner.value(depth: 1) == .string("Bundle")
        } else if name == "entry", scanner.peek() == UInt8(ascii: "[") {
          var inner = scanner
          inner.advance()
          entries = .some(inner.peek() == UInt8(ascii: "]") ? nil : inner.position)
          _ = try scanner.skipValue()
        } else {
          _ = try scanner.skipValue()
        }
      } while scanner.take(",")
      try scanner.expect("}")
    }
    guard isBundle else { return (.single, 0) }
    // What follows would be passed over without a word.
    try scanner.expectEnd()
    return (.bundle, entries ?? nil)
  }
}
