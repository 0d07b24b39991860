import Testing

/// A text that is refused; `¦` marks the place that the error must name.
struct RefusedQuery: Sendable, CustomTestStringConvertible {
  let text: String
  /// Nil when the error is about no one place.
  let position: Int?
  /// What the error's description must say.
  let parts: [String]

  init(_ marked: String, _ parts: String...) {
    let characters = Array(marked)
    position = characters.firstIndex(of: "¦")
    text = String(characters.filter { $0 != "¦" })
    self.parts = parts
  }

  var testDescription: String { text }
}
