import ClaimQuery

/// SQL texts: their canonical form, or why they are refused.
struct SQLVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let sql: String
    /// Of valid cases.
    let canonical: String?
    /// The character that the refusal is about; nil when it is about no one place.
    let position: Int?
    /// Parts of the refusal's text.
    let says: [String]?
  }

  static let name = "query.sql"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let query: Query
    do throws(QueryError) {
      query = try SQLParser.parse(vector.sql)
    } catch {
      try check(error, vector)
      throw error
    }
    try VectorCheck.equal("canonical", query.canonicalText, vector.canonical ?? "")
    let again = try SQLParser.parse(query.canonicalText)
    try VectorCheck.equal("canonical read again", again, query)
  }

  private func check(_ error: QueryError, _ vector: Case) throws(VectorMismatch) {
    guard let says = vector.says else { return }
    try VectorCheck.equal("position", error.position, vector.position)
    for (index, part) in says.enumerated() where !error.description.contains(part) {
      throw VectorMismatch(
        field: "says", index: index, expected: "… \(part) …", found: error.description)
    }
  }
}
