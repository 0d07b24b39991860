/// Where a column's cells stand in a JSON record: `paid`, `claim.paid`, `lines[0].paid`. A member
/// whose own name is the whole text comes first.
struct JSONPath: Hashable, Sendable {
  private let name: String
  private let steps: [Step]

  private enum Step: Hashable, Sendable {
    case member(String)
    case element(Int)
  }

  init(_ text: String) {
    name = text
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      steps.append(.member(String(pieces[0])))
      for piece in pieces.dropFirst() {
        // What is no index leaves only the exact name.
        guard piece.last == "]", let index = Int(piece.dropLast()), index >= 0 else {
          self.steps = []
          return
        }
        steps.append(.element(index))
      }
    }
    self.steps = steps
  }

  func value(in record: JSONValue) -> JSONValue? {
    if let value = record[name] { return value }
    guard !steps.isEmpty else { return nil }
    var value = record
    for step in steps {
      switch (step, value) {
      case (.member(let member), _):
        guard let next = value[member] else { return nil }
        value = next
      case (.element(let index), .array(let elements)) where elements.indices.contains(index):
        value = elements[index]
      default: return nil
      }
    }
    return value
  }

  /// The paths of a record's cells in the order of the record: members of members by their dotted
  /// names, arrays as a whole.
  static func names(in record: JSONValue, prefix: String = "") -> [String] {
    guard case .object(let members) = record else { return [] }
    return members.flatMap { member -> [String] in
      let name = prefix + member.name
      if case .object(let inner) = member.value, !inner.isEmpty {
        return names(in: member.value, prefix: name + ".")
      }
      return [name]
    }
  }
}
