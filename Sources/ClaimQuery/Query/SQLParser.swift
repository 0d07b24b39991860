/// Reads a query text.
///
/// The text is parsed by PostgreSQL's own grammar (libpg_query), then the parse tree is translated:
/// what has no place in `Query` is refused with its position and what could be written instead.
/// Nothing of the tree is passed over in silence.
public enum SQLParser {
  /// The longest text that is read, in bytes of UTF-8.
  public static let textByteLimit = 64 * 1024
  /// How deep parentheses may be nested.
  public static let parenthesisLimit = 200
  /// How many comments there may be. PostgreSQL's scanner takes comments in comments apart again and
  /// again, in a time that grows with the square of their number.
  public static let commentLimit = 256
  /// How deep conditions and expressions may be nested in each other.
  public static let nestingLimit = 64
  /// The most output columns.
  public static let outputLimit = 256
  /// The most different aggregates.
  public static let aggregateLimit = 256
  /// The most branches of one CASE, and the most arguments of one function.
  public static let branchLimit = 256
  /// The most different constants of one IN.
  public static let memberLimit = 4096

  /// The query that `text` holds: one SELECT of aggregates from one table.
  ///
  /// Identifiers are folded to lower case unless they are quoted, as in PostgreSQL. The schema
  /// plays no part: whether the table and its columns exist is the planner's to say.
  ///
  /// - Throws: `QueryError.syntax` where PostgreSQL would refuse the text too, `.unsupported` for
  ///   SQL that cannot be answered here, `.tooLarge` for a text beyond the limits above.
  public static func parse(_ text: String) throws(QueryError) -> Query {
    try checkLimits(of: text)
    let positions = TextPositions(text)
    switch PostgresParser.parse(text) {
    case .tree(let json):
      guard let root = ParseNode(json: json) else {
        throw .unsupported(
          construct: "an expression that is nested this deeply", position: nil,
          instead: "Write it with fewer nested conditions.")
      }
      let statement = try singleSelect(in: root, text: text, positions: positions)
      let query = try SelectTranslator(statement: statement, positions: positions).query()
      try checkCanonicalText(of: query)
      return query
    case .failure(let message, let codePoint):
      let position = codePoint > 0 ? positions.character(atCodePoint: codePoint) : nil
      throw .syntax(message: message, position: position)
    case nil:
      throw .syntax(
        message: "the parser could not start: the system has no thread to spare", position: nil)
    }
  }

  /// An answer names its query by the canonical text, which must be read again: constructs that are
  /// written out (BETWEEN on a result, `date_trunc` compared) can make it longer than `text`.
  private static func checkCanonicalText(of query: Query) throws(QueryError) {
    let byteCount = query.canonicalText.utf8.count
    guard byteCount <= textByteLimit else {
      throw .tooLarge(
        what: "bytes of query text, written out", count: byteCount, limit: textByteLimit,
        remedy: "Ask for less in one query.")
    }
  }

  private static func checkLimits(of text: String) throws(QueryError) {
    let byteCount = text.utf8.count
    guard byteCount <= textByteLimit else {
      throw .tooLarge(
        what: "bytes of query text", count: byteCount, limit: textByteLimit,
        remedy: "Ask for less in one query.")
    }
    if let offset = text.utf8.firstIndex(of: 0) {
      let byte = text.utf8.distance(from: text.utf8.startIndex, to: offset)
      throw .syntax(
        message: "the text holds a NUL character",
        position: TextPositions(text).character(atByte: byte))
    }
    let comments = commentCount(of: text)
    guard comments <= commentLimit else {
      throw .tooLarge(
        what: "comments", count: comments, limit: commentLimit, remedy: "Leave them out.")
    }
    let depth = parenthesisDepth(of: text)
    guard depth <= parenthesisLimit else {
      throw .tooLarge(
        what: "nested parentheses", count: depth, limit: parenthesisLimit,
        remedy: "Leave out the parentheses that are not needed.")
    }
  }

  /// How often a comment `/*` may begin; in quotation marks counts too.
  private static func commentCount(of text: String) -> Int {
    zip(text.utf8, text.utf8.dropFirst()).count {
      $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: "*")
    }
  }

  /// The deepest nesting of parentheses outside quotation marks.
  private static func parenthesisDepth(of text: String) -> Int {
    var depth = 0
    var deepest = 0
    var openMark: UInt8?
    for byte in text.utf8 {
      if let mark = openMark {
        if byte == mark { openMark = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        openMark = byte
      case UInt8(ascii: "("):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: ")"):
        depth -= 1
      default:
        break
      }
    }
    return deepest
  }

  private static func singleSelect(
    in root: ParseNode, text: String, positions: TextPositions
  ) throws(QueryError) -> ParseNode {
    let statements = root.objects("stmts")
    guard let first = statements.first else {
      throw .syntax(message: "there is no statement", position: nil)
    }
    if statements.count > 1 {
      let start = statements[1].integer("stmt_location") ?? 0
      let blanks = text.utf8.dropFirst(start).prefix { $0 <= UInt8(ascii: " ") }.count
      throw .unsupported(
        construct: "more than one statement", position: positions.character(atByte: start + blanks),
        instead: "Ask one query at a time.")
    }
    guard let statement = first.node("stmt"), statement.kind == "SelectStmt" else {
      throw .unsupported(
        construct: "a statement that is not SELECT", position: 0,
        instead: "Write SELECT, aggregates over columns, FROM and the table.")
    }
    return statement
  }
}
