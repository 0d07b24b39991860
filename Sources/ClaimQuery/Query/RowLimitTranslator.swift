/// Translates LIMIT, OFFSET and FETCH FIRST.
struct RowLimitTranslator {
  let scope: TranslationScope

  /// The most rows that can be asked for or left out.
  private static let most = 1_000_000_000

  /// The most rows; nil for LIMIT ALL and without LIMIT.
  func limit(of statement: ParseNode) throws(QueryError) -> Int? {
    if statement.string("limitOption") == "LIMIT_OPTION_WITH_TIES" {
      throw .unsupported(
        construct: "WITH TIES", position: statement.node("limitCount").flatMap(scope.position),
        instead: "Write ROWS ONLY.")
    }
    return try statement.node("limitCount").flatMap { node throws(QueryError) in
      try count(node, "LIMIT")
    }
  }

  /// The rows that are left out before the first one shown.
  func offset(of statement: ParseNode) throws(QueryError) -> Int {
    guard let node = statement.node("limitOffset") else { return 0 }
    return try count(node, "OFFSET") ?? 0
  }

  private func count(_ node: ParseNode, _ word: String) throws(QueryError) -> Int? {
    let constants = ConstantTranslator(scope: scope, clause: .rows)
    let literal = try constants.literal(node, depth: 0)
    switch literal.value {
    case .null: return nil
    case .number(let digits) where digits.hasPrefix("-") && digits.utf8.count > 1:
      throw .syntax(message: "\(word) must not be negative", position: literal.position)
    case .number(let digits):
      guard let count = Int(digits) else { break }
      guard count <= RowLimitTranslator.most else {
        throw .tooLarge(
          what: "rows in \(word)", count: count, limit: RowLimitTranslator.most,
          remedy: "Leave \(word) out.")
      }
      return count
    case .string, .boolean: break
    }
    throw .syntax(message: "\(word) takes a whole number of rows", position: literal.position)
  }
}
