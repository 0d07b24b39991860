/// The character U+FEFF. In front of a file it says that UTF-8 follows. Within schemas it may not stand:
/// nobody sees it, and the YAML library drops it where a value begins with it.
enum ByteOrderMark {
  /// In UTF-8.
  static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static let character: Unicode.Scalar = "\u{FEFF}"
  /// What stands behind a backslash for it, in lower case.
  private static let escapes = ["ufeff", "u0000feff"]

  /// Whether a text holds it.
  static func stands(in text: String) -> Bool { text.unicodeScalars.contains(character) }

  /// The first place of a YAML text that holds it, written out or as an escape; nil if none does. In front
  /// of everything it is the file's mark and no part of the text.
  static func place(in yaml: String, source: String) -> SchemaLocation? {
    let isMarked = yaml.unicodeScalars.first == character
    var (line, column) = (1, 1)
    // Of two backslashes the second begins no escape.
    var isEscaped = false
    for index in yaml.unicodeScalars.indices.dropFirst(isMarked ? 1 : 0) {
      let scalar = yaml.unicodeScalars[index]
      if scalar == character { return SchemaLocation(source: source, line: line, column: column) }
      if isEscaped, isEscape(yaml.unicodeScalars[index...]) {
        return SchemaLocation(source: source, line: line, column: column - 1)
      }
      isEscaped = scalar == "\\" && !isEscaped
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    return nil
  }

  private static func isEscape(_ rest: Substring.UnicodeScalarView) -> Bool {
    escapes.contains { escape in
      Substring(rest.prefix(escape.unicodeScalars.count)).lowercased() == escape
    }
  }
}
