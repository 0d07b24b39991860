import Yams

/// One mapping of a schema file whose keys have been checked.
struct SchemaSection {
  /// How errors call it: `the schema` or `column 'SITE'`.
  let title: String
  let location: SchemaLocation
  private let values: [String: Node]
  private let source: String

  /// No key's list has more elements. An alias makes a long list stand in many places of a short text.
  private static let listLimit = DigitLayout.indicatorLimit
  private static let innerListLimit = 16

  /// Refuses what is not a mapping, keys that are not known, and keys that stand twice.
  init(
    _ node: Node, title: String, knownKeys: [String], source: String
  ) throws(SchemaError) {
    self.title = title
    self.source = source
    location = node.location(in: source)
    var values: [String: Node] = [:]
    for (keyPlace, key, value) in try node.entries(title: title, source: source) {
      guard knownKeys.contains(key) else {
        throw .unknownKey(keyPlace, key: key, known: knownKeys)
      }
      values[key] = value
    }
    self.values = values
  }

  func contains(_ key: String) -> Bool { values[key] != nil }

  func node(_ key: String) -> Node? { values[key] }

  /// Where the key's value stands, or the section when the key is missing.
  func location(of key: String) -> SchemaLocation {
    values[key]?.location(in: source) ?? location
  }

  func require(_ key: String, remedy: String) throws(SchemaError) -> Node {
    guard let node = values[key] else {
      throw .missingKey(location, key: key, section: title, remedy: remedy)
    }
    return node
  }

  /// The key's text; nil when the key is missing.
  func text(_ key: String, expected: String) throws(SchemaError) -> String? {
    guard let node = values[key] else { return nil }
    return try node.text(key: key, expected: expected, source: source)
  }

  /// The key's whole number; nil when the key is missing.
  func integer(_ key: String, in range: ClosedRange<Int>) throws(SchemaError) -> Int? {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let text = try text(key, expected: expected) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw invalid(key, expected: expected)
    }
    return value
  }

  /// The key's yes or no; nil when the key is missing.
  func flag(_ key: String) throws(SchemaError) -> Bool? {
    switch try text(key, expected: "true or false") {
    case nil: return nil
    case "true": return true
    case "false": return false
    default: throw invalid(key, expected: "true or false")
    }
  }

  /// The key's decimal number in whole units of 10^-scale; nil when the key is missing.
  func decimal(
    _ key: String, scale: Int, in range: ClosedRange<Int64>, expected: String
  ) throws(SchemaError) -> Int64? {
    guard let text = try text(key, expected: expected) else { return nil }
    guard let value = ExactDecimal(literal: text, scale: scale), value.isExact,
      range.contains(value.floor)
    else { throw invalid(key, expected: expected) }
    return value.floor
  }

  /// The key's list of texts; nil when the key is missing.
  func texts(_ key: String, expected: String) throws(SchemaError) -> [String]? {
    guard let node = values[key] else { return nil }
    guard case .sequence(let sequence) = node, sequence.count <= SchemaSection.listLimit else {
      throw invalid(key, expected: expected)
    }
    var texts: [String] = []
    for element in sequence {
      texts.append(try element.text(key: key, expected: expected, source: source))
    }
    return texts
  }

  /// The key's list of lists of texts, each with its place; empty when the key is missing.
  func lists(
    _ key: String, expected: String
  ) throws(SchemaError) -> [(place: SchemaLocation, texts: [String])] {
    guard let node = values[key] else { return [] }
    guard case .sequence(let sequence) = node, sequence.count <= SchemaSection.listLimit else {
      throw invalid(key, expected: expected)
    }
    var lists: [(place: SchemaLocation, texts: [String])] = []
    for element in sequence {
      let place = element.location(in: source)
      guard case .sequence(let inner) = element, inner.count <= SchemaSection.innerListLimit else {
        throw .invalidValue(place, key: key, expected: expected)
      }
      var texts: [String] = []
      for text in inner {
        texts.append(try text.text(key: key, expected: expected, source: source))
      }
      lists.append((place, texts))
    }
    return lists
  }

  func invalid(_ key: String, expected: String) -> SchemaError {
    .invalidValue(location(of: key), key: key, expected: expected)
  }
}

extension Node {
  func location(in source: String) -> SchemaLocation {
    SchemaLocation(source: source, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  /// The text of a scalar exactly as written, whatever YAML would make of it.
  func text(key: String, expected: String, source: String) throws(SchemaError) -> String {
    guard case .scalar(let scalar) = self else {
      throw .invalidValue(location(in: source), key: key, expected: expected)
    }
    return scalar.string
  }

  /// The entries of a mapping in the order of the file, each key once.
  func entries(
    title: String, source: String
  ) throws(SchemaError) -> [(place: SchemaLocation, key: String, value: Node)] {
    guard case .mapping(let mapping) = self else {
      throw .invalidValue(location(in: source), key: title, expected: "a mapping (key: value)")
    }
    var entries: [(place: SchemaLocation, key: String, value: Node)] = []
    var seen: Set<String> = []
    for (keyNode, value) in mapping {
      let place = keyNode.location(in: source)
      let key = try keyNode.text(key: title, expected: "a mapping with plain keys", source: source)
      guard seen.insert(key).inserted else { throw .duplicateKey(place, key: key) }
      entries.append((place, key, value))
    }
    return entries
  }
}
