/// A place in a schema file.
public struct SchemaLocation: Hashable, Sendable, CustomStringConvertible {
  /// The file's name as it was given.
  public let source: String
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int

  /// `claims.schema.yaml:12:5`.
  public var description: String { "\(source):\(line):\(column)" }
}

/// What is wrong with a schema file, where, and what to do.
public enum SchemaError: Error, Hashable, Sendable {
  /// The text is not one YAML document.
  case notYAML(SchemaLocation, problem: String)
  /// A key that schemas do not have, and those that may stand there.
  case unknownKey(SchemaLocation, key: String, known: [String])
  /// A key that must stand in `section`.
  case missingKey(SchemaLocation, key: String, section: String, remedy: String)
  /// A key or a header that stands twice in one mapping.
  case duplicateKey(SchemaLocation, key: String)
  /// A value of a kind or size that the key does not take.
  case invalidValue(SchemaLocation, key: String, expected: String)
  /// Declarations that are each fine but do not go together.
  case contradiction(SchemaLocation, column: String, problem: String, remedy: String)
  /// Two columns with one SQL name; `first` is where the other one stands.
  case nameClash(SchemaLocation, name: String, first: SchemaLocation)
}

extension SchemaError: CustomStringConvertible {
  /// File, line and column, what is wrong, and what to do.
  public var description: String {
    switch self {
    case .notYAML(let place, let problem):
      "\(place): this is not YAML: \(problem)"
    case .unknownKey(let place, let key, let known):
      "\(place): unknown key '\(key)'; use one of \(known.joined(separator: ", "))"
    case .missingKey(let place, let key, let section, let remedy):
      "\(place): \(section) has no '\(key)'; \(remedy)"
    case .duplicateKey(let place, let key):
      "\(place): '\(key)' stands here twice; delete one of them"
    case .invalidValue(let place, let key, let expected):
      "\(place): '\(key)' must be \(expected)"
    case .contradiction(let place, let column, let problem, let remedy):
      "\(place): column '\(column)': \(problem); \(remedy)"
    case .nameClash(let place, let name, let first):
      "\(place): the SQL name '\(name)' is already taken by the column at line \(first.line); "
        + "give one of them another 'name'"
    }
  }
}
