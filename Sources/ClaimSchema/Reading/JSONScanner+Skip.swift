extension JSONScanner {
  /// Goes over one value without reading it: brackets and quotes must match, the rest is not looked
  /// at. Gives its bytes.
  mutating func skipValue() throws(JSONProblem) -> ArraySlice<UInt8> {
    guard peek() != nil else { throw problem("the text ends too early") }
    let start = position
    var depth = 0
    var isInString = false
    while !isAtEnd {
      let byte = current
      if isInString {
        if byte == UInt8(ascii: "\\") { advance() }
        if byte == UInt8(ascii: "\"") { isInString = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 { return slice(from: start) }
          depth -= 1
        case UInt8(ascii: ",") where depth == 0: return slice(from: start)
        default: break
        }
      }
      advance()
      if depth == 0, !isInString, byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        return slice(from: start)
      }
    }
    guard depth == 0, !isInString else { throw problem("the text ends too early") }
    return slice(from: start)
  }

  /// A member's name and the colon after it.
  mutating func memberName() throws(JSONProblem) -> String {
    guard peek() == UInt8(ascii: "\""), case .string(let name) = try value(depth: 0) else {
      throw problem("a name in quotes is missing")
    }
    try expect(":")
    return name
  }
}
