/// What PostgreSQL said to one statement.
public enum PostgresAnswer: Hashable, Sendable {
  /// The rows, each column as text; NULL is nil.
  case rows([[String?]])
  /// The SQLSTATE and the message of an error.
  case refused(state: String, message: String)
}

/// psql's output, with control characters that no test data has between its parts.
enum PostgresOutput {
  static let mark = "\u{1C}"
  private static let null = "\u{1D}"
  private static let record = "\u{1E}"
  private static let field = "\u{1F}"

  /// psql's options that put them there.
  static let options = ["-F", field, "-R", record, "-P", "null=\(null)"]

  /// The answers: each is the rows, and then between two marks whether there was an error, its
  /// SQLSTATE and the last error's message.
  static func answers(_ output: String) -> [PostgresAnswer] {
    let parts = output.split(separator: mark, omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count, by: 2).map { index in
      let status = parts[index].split(separator: " ", maxSplits: 2)
      guard status.first == "false" else {
        return .refused(
          state: status.dropFirst().first.map(String.init) ?? "",
          message: status.dropFirst(2).first.map { String($0.dropLast()) } ?? "")
      }
      // The line break behind the mark before belongs to it.
      return .rows(rows(parts[index - 1].dropFirst(index == 1 ? 0 : 1)))
    }
  }

  /// The rows end with a line break, unless there is none.
  private static func rows(_ text: Substring) -> [[String?]] {
    guard text.last == "\n" else { return [] }
    return text.dropLast().split(separator: record, omittingEmptySubsequences: false).map { row in
      row.split(separator: field, omittingEmptySubsequences: false)
        .map { $0 == null ? nil : String($0) }
    }
  }
}
