/// The character U+FEFF. In front of a file it says that UTF-8 follows. Within schemas it may not stand:
/// nobody sees it, and the YAML library drops it where a value begins with it.
enum ByteOrderMark {
  /// In UTF-8.
  static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static let character: Unicode.Scalar = "\u{FEFF}"
  /// As double-quoted scalars may have it, in lower case.
  private static let escapes = ["\\ufeff", "\\u0000feff"]

  /// Whether a text holds it.
  static func stands(in text: String) -> Bool { text.unicodeScalars.contains(character) }

  /// The first place of a YAML text that holds it, written out or as an escape; nil if none does. In front
  /// of everything it is the file's mark and no part of the text.
  static func place(in yaml: String, source: String) -> SchemaLocation? {
    let isMarked = yaml.unicodeScalars.first == character
    var (line, column) = (1, 1)
    for index in yaml.unicodeScalars.indices.dropFirst(isMarked ? 1 : 0) {
      switch yaml.unicodeScalars[index] {
      case character: return SchemaLocation(source: source, line: line, column: column)
      case "\\" where isEscape(yaml.unicodeScalars[index...]):
        return SchemaLocation(source: source, line: line, column: column)
      case "\n": (line, column) = (line + 1, 0)
      default: break
      }
      column += 1
    }
    return nil
  }

  private static func isEscape(_ rest: Substring.UnicodeScalarView) -> Bool {
    escapes.contains { escape in
      Substring(rest.prefix(escape.unicodeScalars.count)).lowercased() == escape
    }
  }
}
