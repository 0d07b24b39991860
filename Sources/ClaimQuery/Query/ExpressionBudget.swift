/// What the expressions of one query may still take, counted while they are translated.
///
/// Some constructs are written out (`BETWEEN` on a result names its operand twice), so a short text
/// could otherwise become a query that no memory holds.
final class ExpressionBudget {
  /// The most parts (operators, functions, columns, constants) of all expressions, written out.
  static let limit = 100_000

  private var spent = 0

  /// Counts one part.
  func spend() throws(QueryError) {
    spent += 1
    guard spent <= ExpressionBudget.limit else {
      throw .tooLarge(
        what: "parts of expressions", count: spent, limit: ExpressionBudget.limit,
        remedy: "Ask for less in one query.")
    }
  }
}
