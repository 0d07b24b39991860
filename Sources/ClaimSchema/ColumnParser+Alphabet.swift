import Yams

extension ColumnParser {
  /// The longest code.
  private static let lengthLimit = 32

  private static let alphabetForm =
    "characters and ranges of printable ASCII, each once, upper case, without spaces, such as "
    + "\"A-Z0-9\" (a hyphen stands first); one text for all positions or a list with one for each"

  func alphabets() throws(SchemaError) -> [[Character]] {
    let length = try section.integer("length", in: 1...ColumnParser.lengthLimit)
    let texts = try alphabetTexts()
    guard let count = length ?? (texts.count > 1 ? texts.count : nil) else {
      throw .missingKey(
        place, key: "length", section: section.title,
        remedy: "add the most characters that a code has: 'length: 5'")
    }
    guard texts.count == 1 || texts.count == count else {
      throw contradiction(
        "alphabet", "\(texts.count) alphabets for \(count) positions",
        "give one alphabet, or one for each position")
    }
    var alphabets: [[Character]] = []
    for text in texts {
      guard let alphabet = ColumnParser.alphabet(text) else {
        throw section.invalid("alphabet", expected: ColumnParser.alphabetForm)
      }
      alphabets.append(alphabet)
    }
    return texts.count == 1 ? Array(repeating: alphabets[0], count: count) : alphabets
  }

  private func alphabetTexts() throws(SchemaError) -> [String] {
    guard let node = section.node("alphabet") else { return ["A-Z0-9"] }
    guard case .sequence = node else {
      return [try section.text("alphabet", expected: ColumnParser.alphabetForm) ?? ""]
    }
    let form = ColumnParser.alphabetForm
    let texts = try section.texts("alphabet", expected: form) ?? []
    guard (1...ColumnParser.lengthLimit).contains(texts.count) else {
      throw section.invalid("alphabet", expected: form)
    }
    return texts
  }

  /// The characters of an alphabet, ascending; nil when the text is not one.
  private static func alphabet(_ text: String) -> [Character]? {
    var bytes: Set<UInt8> = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      var last = first
      if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first {
        guard end > first else { return nil }
        last = end
        rest = rest.dropFirst(2)
      }
      for byte in first...last {
        let isLowerCase = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
        guard byte > 0x20, byte < 0x7F, !isLowerCase, bytes.insert(byte).inserted else {
          return nil
        }
      }
    }
    return bytes.isEmpty ? nil : bytes.sorted().map { Character(Unicode.Scalar($0)) }
  }
}
