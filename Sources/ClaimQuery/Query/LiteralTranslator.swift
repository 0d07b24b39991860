/// Translates the constants that the grammar knows: strings, numbers, TRUE, FALSE and NULL.
struct LiteralTranslator {
  let scope: TranslationScope

  /// The constant that `node`, an `A_Const`, is.
  func literal(_ node: ParseNode) throws(QueryError) -> Literal {
    let position = scope.position(of: node) ?? 0
    return Literal(value: try value(of: node, position: position), position: position)
  }

  private func value(of node: ParseNode, position: Int) throws(QueryError) -> Literal.Value {
    if node.flag("isnull") { return .null }
    if let text = node.object("sval") { return .string(text.string("sval") ?? "") }
    if let integer = node.object("ival") {
      if let value = integer.integer("ival") { return .number(String(value)) }
      return .number(try writtenInteger(node, position))
    }
    if let decimal = node.object("fval"), let digits = decimal.string("fval") {
      return .number(LiteralTranslator.plainDecimal(digits) ?? digits.lowercased())
    }
    if let truth = node.object("boolval") { return .boolean(truth.flag("boolval")) }
    throw .unsupported(
      construct: "a bit string", position: position, instead: "Write a number or a quoted string.")
  }

  /// An integer whose value is not in the tree: 0, or any negative one, which libpg_query 15 leaves
  /// out too. It is read from the text.
  private func writtenInteger(
    _ node: ParseNode, _ position: Int
  ) throws(QueryError) -> String {
    var rest = scope.positions.bytes(from: node.byteOffset ?? 0)
    let isNegative = rest.first == UInt8(ascii: "-")
    while let byte = rest.first,
      byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "(")
        || byte == UInt8(ascii: "-")
    {
      rest = rest.dropFirst()
      // Two of them begin a comment.
      if byte == UInt8(ascii: "-"), rest.first == byte { break }
    }
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let next = rest.dropFirst(digits.count).first
    let isWhole = next.map { !LiteralTranslator.continuesNumber($0) } ?? true
    let value = Int(String(decoding: digits, as: UTF8.self))
    guard isWhole, let value, isNegative || value == 0 else {
      throw .unsupported(
        construct: "a negative number in this form", position: position,
        instead: "Write the sign and the digits together, such as -3.")
    }
    return String(-value)
  }

  private static func continuesNumber(_ byte: UInt8) -> Bool {
    let character = Character(Unicode.Scalar(byte))
    return byte >= 0x80 || character.isLetter || character == "_" || character == "."
  }

  /// The number without superfluous zeros before the point and with at least one digit there; nil
  /// when it is written with an exponent.
  static func plainDecimal(_ digits: String) -> String? {
    let isNegative = digits.hasPrefix("-")
    let unsigned = isNegative ? digits.dropFirst() : digits[...]
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = parts.count <= 2 && parts.joined().utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isPlain, let whole = parts.first else { return nil }
    let significant = whole.drop { $0 == "0" }
    var result = (isNegative ? "-" : "") + (significant.isEmpty ? "0" : significant)
    if parts.count == 2, !parts[1].isEmpty { result += "." + parts[1] }
    return result
  }
}
