/// Reads the text of a `FHIRPath`.
struct FHIRPathParser {
  private var rest: Substring
  /// How many conditions are open.
  private var depth = 0

  /// Conditions in conditions; claims nest less than twenty deep.
  private static let depthLimit = 32

  init(_ text: String) { rest = text[...] }

  /// Paths with `|` between them, to the text's end; nil when it is something else.
  mutating func alternatives() -> [[FHIRPath.Step]]? {
    var paths: [[FHIRPath.Step]] = []
    repeat {
      guard let path = path() else { return nil }
      paths.append(path)
    } while take("|")
    skipBlanks()
    return rest.isEmpty ? paths : nil
  }

  private mutating func path() -> [FHIRPath.Step]? {
    var steps: [FHIRPath.Step] = []
    repeat {
      guard let name = name() else { return nil }
      if take("(") {
        // A function needs something to work on.
        guard !steps.isEmpty, let step = call(name) else { return nil }
        steps.append(step)
      } else {
        steps.append(.member(name))
      }
      while take("[") {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        guard let index = Int(digits), take("]") else { return nil }
        steps.append(.element(index))
      }
    } while take(".")
    return steps
  }

  /// What stands after the opening parenthesis of a function.
  private mutating func call(_ function: String) -> FHIRPath.Step? {
    switch function {
    case "first": return take(")") ? .element(0) : nil
    case "where":
      depth += 1
      defer { depth -= 1 }
      guard depth <= FHIRPathParser.depthLimit, let path = path() else { return nil }
      let isEqual = !take("!")
      guard take("="), let text = literal(), take(")") else { return nil }
      return .condition(path, text: text, isEqual: isEqual)
    default: return nil
    }
  }

  private mutating func name() -> String? {
    skipBlanks()
    let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    guard let first = name.first, !first.isNumber else { return nil }
    rest = rest.dropFirst(name.count)
    return String(name)
  }

  /// A text in single quotes, or a number or word as it stands.
  private mutating func literal() -> String? {
    skipBlanks()
    if take("'") {
      guard let end = rest.firstIndex(of: "'") else { return nil }
      defer { rest = rest[rest.index(after: end)...] }
      return String(rest[..<end])
    }
    let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    rest = rest.dropFirst(word.count)
    return word.isEmpty ? nil : String(word)
  }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard rest.first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop { $0.isWhitespace } }
}
