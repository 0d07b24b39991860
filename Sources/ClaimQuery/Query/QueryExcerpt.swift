/// One line of a query text, short enough for a terminal, and the column that a caret goes under.
struct QueryExcerpt {
  let line: String
  let caret: Int

  /// The most characters that are shown.
  private static let width = 96

  /// Nil when `position`, in characters from 0, is beyond the text's end.
  init?(of text: String, around position: Int) {
    let characters = Array(text)
    guard (0...characters.count).contains(position) else { return nil }
    var start = characters[..<position].lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
    var end = characters[position...].firstIndex(where: \.isNewline) ?? characters.count
    var prefix = ""
    var suffix = ""
    if end - start > QueryExcerpt.width {
      let first = max(start, min(position - QueryExcerpt.width / 2, end - QueryExcerpt.width))
      prefix = first > start ? "…" : ""
      suffix = first + QueryExcerpt.width < end ? "…" : ""
      start = first
      end = min(end, first + QueryExcerpt.width)
    }
    line = prefix + String(characters[start..<end].map(QueryExcerpt.shown)) + suffix
    caret = prefix.count + position - start
  }

  /// A terminal would act on control characters, and a tab would move the caret.
  private static func shown(_ character: Character) -> Character {
    let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return isControl ? " " : character
  }
}
