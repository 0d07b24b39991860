/// Reads JSON (RFC 8259) strictly: UTF-8, no name twice in an object, nesting of bounded depth.
struct JSONScanner {
  private let bytes: ArraySlice<UInt8>
  /// The next byte to look at.
  private(set) var position: Int

  /// Claims nest less than twenty deep.
  private static let depthLimit = 64

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The one value that the bytes hold.
  static func value(of bytes: ArraySlice<UInt8>) throws(JSONProblem) -> JSONValue {
    var scanner = JSONScanner(bytes)
    let value = try scanner.value(depth: 0)
    try scanner.expectEnd()
    return value
  }

  var isAtEnd: Bool { position >= bytes.endIndex }

  var current: UInt8 { bytes[position] }

  mutating func advance() { position = min(position + 1, bytes.endIndex) }

  func slice(from start: Int) -> ArraySlice<UInt8> { bytes[start..<position] }

  func problem(_ what: String) -> JSONProblem {
    JSONProblem(offset: position - bytes.startIndex + 1, what: what)
  }

  mutating func skipBlanks() {
    while position < bytes.endIndex, JSONScanner.isBlank(bytes[position]) { position += 1 }
  }

  /// The next byte that is not blank, which stays to be read; nil at the end.
  mutating func peek() -> UInt8? {
    skipBlanks()
    return isAtEnd ? nil : bytes[position]
  }

  /// Takes this byte if it is next.
  mutating func take(_ byte: Character) -> Bool {
    guard let wanted = byte.asciiValue, peek() == wanted else { return false }
    position += 1
    return true
  }

  mutating func expect(_ byte: Character) throws(JSONProblem) {
    guard take(byte) else { throw problem("'\(byte)' is missing") }
  }

  mutating func expectEnd() throws(JSONProblem) {
    guard peek() == nil else { throw problem("text after the value") }
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}

extension JSONScanner {
  mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
    guard depth <= JSONScanner.depthLimit else {
      throw problem("nested more than \(JSONScanner.depthLimit) deep")
    }
    switch peek() {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw problem("the text ends too early")
    case let byte? where byte == UInt8(ascii: "-") || (byte >= 0x30 && byte <= 0x39):
      return try number()
    default: throw problem("no JSON value")
    }
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
    try expect("{")
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    if take("}") { return .object(members) }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw problem("a name in quotes is missing") }
      let name = try string()
      guard names.insert(name).inserted else { throw problem("a name that stands twice") }
      try expect(":")
      members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
    } while take(",")
    try expect("}")
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue {
    try expect("[")
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    try expect("]")
    return .array(elements)
  }

  private mutating func word(
    _ text: StaticString, _ value: JSONValue
  ) throws(JSONProblem) -> JSONValue {
    let word = "\(text)".utf8
    guard bytes[position...].starts(with: word) else { throw problem("no JSON value") }
    position += word.count
    return value
  }

  private mutating func number() throws(JSONProblem) -> JSONValue {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = try digits()
    guard whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
      throw problem("a number with a leading zero")
    }
    if !isAtEnd, bytes[position] == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    if !isAtEnd, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if !isAtEnd, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[position]) {
        position += 1
      }
      _ = try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(JSONProblem) -> Int {
    let start = position
    while !isAtEnd, bytes[position] >= 0x30, bytes[position] <= 0x39 { position += 1 }
    guard position > start else { throw problem("a digit is missing") }
    return position - start
  }
}

extension JSONScanner {
  private mutating func string() throws(JSONProblem) -> String {
    position += 1
    let start = position
    while !isAtEnd, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
      bytes[position] >= 0x20
    { position += 1 }
    // Most strings have no escapes and are taken as they stand.
    if !isAtEnd, bytes[position] == UInt8(ascii: "\"") {
      let content = bytes[start..<position]
      position += 1
      return try text(content)
    }
    var content = Array(bytes[start..<position])
    while true {
      guard !isAtEnd else { throw problem("a string that does not end") }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(content[...])
      case UInt8(ascii: "\\"): content += try escape()
      case 0..<0x20: throw problem("a control character in a string")
      default: content.append(byte)
      }
    }
  }

  private func text(_ content: ArraySlice<UInt8>) throws(JSONProblem) -> String {
    guard let text = String(validating: content, as: UTF8.self), !content.contains(0) else {
      throw problem("not UTF-8 text")
    }
    return text
  }

  private mutating func escape() throws(JSONProblem) -> [UInt8] {
    guard !isAtEnd else { throw problem("a string that does not end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var code = try codeUnit()
      // Characters beyond the first plane are two units.
      if code >= 0xD800, code < 0xDC00, bytes[position...].starts(with: Array("\\u".utf8)) {
        position += 2
        let low = try codeUnit()
        guard low >= 0xDC00, low < 0xE000 else { throw problem("half a character") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw problem("half a character") }
      return Array(String(scalar).utf8)
    default: throw problem("an unknown escape")
    }
  }

  private mutating func codeUnit() throws(JSONProblem) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("an escape without four hexadecimal digits") }
    position += 4
    return code
  }
}

/// Why a text is no JSON. It never carries the text.
public struct JSONProblem: Error, Hashable, Sendable {
  /// Where, in bytes of the record, from 1.
  public let offset: Int
  let what: String
}

extension JSONProblem: CustomStringConvertible {
  /// What is wrong, and where.
  public var description: String { "\(kind), at byte \(offset)" }

  /// What is wrong.
  var kind: String { "no valid JSON: \(what)" }
}
