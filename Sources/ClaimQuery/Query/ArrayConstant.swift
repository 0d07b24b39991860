/// The elements of an array as PostgreSQL writes it in quotes: `{1,NULL,"a,b"}`.
enum ArrayConstant {
  /// The elements, nil for NULL; nil for a text of another form, such as an array of arrays.
  static func elements(_ text: String) -> [String?]? {
    var rest = text.unicodeScalars[...]
    trim(&rest)
    guard rest.popFirst() == "{", rest.popLast() == "}" else { return nil }
    trim(&rest)
    var elements: [String?] = []
    guard !rest.isEmpty else { return elements }
    while true {
      guard let element = element(&rest) else { return nil }
      elements.append(element)
      guard let separator = rest.popFirst() else { return elements }
      guard separator == "," else { return nil }
    }
  }

  /// The element that `rest` starts with, and takes it off.
  private static func element(_ rest: inout Substring.UnicodeScalarView) -> String?? {
    trim(&rest)
    var content = String.UnicodeScalarView()
    let isQuoted = rest.first == "\""
    if isQuoted { rest.removeFirst() }
    while let scalar = rest.first, isQuoted ? scalar != "\"" : scalar != "," {
      rest.removeFirst()
      switch scalar {
      case "\\":
        guard let escaped = rest.popFirst() else { return nil }
        content.append(escaped)
      case "{", "}", "\"":
        guard isQuoted else { return nil }
        content.append(scalar)
      default: content.append(scalar)
      }
    }
    if isQuoted {
      guard rest.popFirst() == "\"" else { return nil }
      trim(&rest)
      return .some(String(content))
    }
    var bare = Substring(String(content)).unicodeScalars
    trim(&bare)
    guard !bare.isEmpty else { return nil }
    let word = String(bare)
    return .some(word.lowercased() == "null" ? nil : word)
  }

  private static func trim(_ text: inout Substring.UnicodeScalarView) {
    while text.first?.properties.isWhitespace == true { text.removeFirst() }
    while text.last?.properties.isWhitespace == true { text.removeLast() }
  }
}
