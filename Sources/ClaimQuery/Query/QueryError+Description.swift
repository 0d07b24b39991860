extension QueryError: CustomStringConvertible {
  /// What was wrong, where, and what to do, in one to three sentences. Characters are counted from
  /// 1 here, as PostgreSQL's messages do; `position` counts them from 0.
  public var description: String {
    switch self {
    case .syntax(let message, _):
      "Not a valid query\(place): \(message)."
    case .unsupported(let construct, _, let instead):
      "Not supported\(place): \(construct). \(sentence(instead))"
    case .unknownTable(let name, let expected):
      "There is no table \(quoted(name)) under this key. Write FROM \(expected)."
    case .unknownColumn(let name, _, let known):
      known.isEmpty
        ? "There is no column \(quoted(name))\(place), and the schema keeps no column."
        : "There is no column \(quoted(name))\(place). The columns are \(listed(known))."
    case .columnUse(let column, _, let problem, let remedy):
      "Column \(quoted(column))\(place): \(problem). \(sentence(remedy))"
    case .literal(let column, _, let expected):
      "The constant\(place) does not fit column \(quoted(column)): expected \(expected)."
    case .notACutPoint(let column, _, let nearest):
      nearest.isEmpty
        ? "Column \(quoted(column)) cannot be compared\(place): it declares no cut points."
        : "Column \(quoted(column)) is compared\(place) between its cut points. The nearest are"
          + " \(listed(nearest))."
    case .tooDeep(let factors, let depth):
      "This query multiplies \(factors) factors; the table was encrypted for depth \(depth)"
        + " (\(Self.factorText(depth))). Use fewer conditions at once, or re-encrypt with depth"
        + " \(Self.depth(for: factors))."
    case .tooLarge(let what, let count, let limit, let remedy):
      "Too many \(what): \(count), and the limit is \(limit). \(sentence(remedy))"
    case .evaluation(let message):
      "The answer cannot be calculated: \(message)."
    case .refusedByPolicy(let reason):
      "Refused by the disclosure policy: \(reason)."
    }
  }

  /// Where in the query text the error stands, in characters from 0; nil when it is about no one
  /// place.
  public var position: Int? {
    switch self {
    case .syntax(_, let position), .unsupported(_, let position, _): position
    case .unknownColumn(_, let position, _), .columnUse(_, let position, _, _),
      .literal(_, let position, _), .notACutPoint(_, let position, _):
      position
    case .unknownTable, .tooDeep, .tooLarge, .evaluation, .refusedByPolicy: nil
    }
  }

  /// The description, and below it the line of `text` that it is about with a caret under the
  /// place. `text` is the text that was parsed.
  public func report(in text: String) -> String {
    guard let position, let excerpt = QueryExcerpt(of: text, around: position) else {
      return description
    }
    let indent = String(repeating: " ", count: excerpt.caret)
    return "\(description)\n  \(excerpt.line)\n  \(indent)^"
  }

  private var place: String {
    position.map { " at character \($0 + 1)" } ?? ""
  }

  private func quoted(_ name: String) -> String { "\"\(name)\"" }

  private func listed(_ words: [String]) -> String { words.joined(separator: ", ") }

  /// The text with a capital and a full stop, whoever wrote it.
  private func sentence(_ text: String) -> String {
    let capital = text.prefix(1).uppercased() + text.dropFirst()
    return capital.last.map { ".!?".contains($0) } == false ? capital + "." : capital
  }

  private static func factorText(_ depth: Int) -> String {
    guard (0..<62).contains(depth) else { return "2^\(depth) factors" }
    return depth == 0 ? "1 factor" : "\(1 << depth) factors"
  }

  /// The least depth that admits a product of `factors`.
  private static func depth(for factors: Int) -> Int {
    factors <= 1 ? 0 : Int.bitWidth - (factors - 1).leadingZeroBitCount
  }
}
