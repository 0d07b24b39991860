import Testing

/// A text, and the canonical text of the query that it must be read as.
struct ParsedQuery: Sendable, CustomTestStringConvertible {
  let text: String
  let canonical: String

  init(_ text: String, _ canonical: String) {
    self.text = text
    self.canonical = canonical
  }

  var testDescription: String { text }
}
