/// Names that PostgreSQL takes without quotes.
enum SQLIdentifier {
  /// The longest name that PostgreSQL keeps.
  static let byteLimit = 63

  /// `text` in lower case when PostgreSQL takes it as a column's or a table's name; otherwise nil.
  static func make(_ text: String) -> String? {
    let name = text.lowercased()
    guard let first = name.utf8.first, isLetter(first), name.utf8.count <= byteLimit,
      name.utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "$") }),
      !reservedWords.contains(name)
    else { return nil }
    return name
  }

  /// A name that comes close to `text`.
  static func proposed(for text: String) -> String {
    var name = ""
    for byte in text.lowercased().utf8 {
      let character = isLetter(byte) || isDigit(byte) ? byte : UInt8(ascii: "_")
      name.unicodeScalars.append(Unicode.Scalar(character))
    }
    if let first = name.utf8.first, !isDigit(first) {
      name = String(name.prefix(50))
    } else {
      name = "c_" + name.prefix(50)
    }
    return reservedWords.contains(name) ? name + "_" : name
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// PostgreSQL's key words that cannot name a column without quotes.
  private static let reservedWords: Set<String> = Set(
    """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check \
    collate collation column concurrently constraint create cross current_catalog current_date \
    current_role current_schema current_time current_timestamp current_user default deferrable desc \
    distinct do else end except false fetch for foreign freeze from full grant group having ilike in \
    initially inner intersect into is isnull join lateral leading left like limit localtime \
    localtimestamp natural not notnull null offset on only or order outer overlaps placing primary \
    references returning right select session_user similar some symmetric system_user table \
    tablesample then to trailing true union unique user using variadic verbose when where window with
    """.split(separator: " ").map(String.init))
}
