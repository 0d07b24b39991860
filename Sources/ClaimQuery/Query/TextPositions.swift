/// Where bytes of a text stand in characters, which is how positions are told to people.
struct TextPositions {
  /// For every byte, and the end, the character it belongs to.
  private let characterOfByte: [Int]
  private let text: String

  init(_ text: String) {
    var characterOfByte: [Int] = []
    characterOfByte.reserveCapacity(text.utf8.count + 1)
    var index = 0
    for character in text {
      for _ in 0..<character.utf8.count {
        characterOfByte.append(index)
      }
      index += 1
    }
    characterOfByte.append(index)
    self.characterOfByte = characterOfByte
    self.text = text
  }

  /// The character at a byte offset, both from 0; the end for an offset beyond it.
  func character(atByte offset: Int) -> Int {
    characterOfByte[min(max(0, offset), characterOfByte.count - 1)]
  }

  /// The character at a code point, counted from 1 as PostgreSQL's messages do.
  func character(atCodePoint number: Int) -> Int {
    var bytes = 0
    for scalar in text.unicodeScalars.prefix(max(0, number - 1)) {
      bytes += UTF8.width(scalar)
    }
    return character(atByte: bytes)
  }

  /// The rest of the text from a byte offset on.
  func bytes(from offset: Int) -> Substring.UTF8View {
    text.utf8.dropFirst(offset)
  }
}
