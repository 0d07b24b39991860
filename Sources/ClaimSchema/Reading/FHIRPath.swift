/// Where a column's cells stand in a FHIR resource: the part of FHIRPath that reads values.
///
/// Names and dots go down, through every element of an array; `[n]` and `first()` pick one;
/// `where(path = 'text')` keeps the elements in which the path gives that text, with `!=` the others;
/// `a | b` takes b where a gives nothing.
struct FHIRPath: Hashable, Sendable {
  fileprivate let alternatives: [[Step]]

  enum Step: Hashable, Sendable {
    case member(String)
    case element(Int)
    indirect case condition([Step], text: String, isEqual: Bool)
  }

  /// What schemas are told when a path is none.
  static let form =
    "a FHIR path of names, [n], first(), where(path = 'text') and |, such as "
    + "item.adjudication.where(category.coding.code = 'submitted').amount.value"

  /// Nil when the text is not such a path.
  init?(_ text: String) {
    var parser = FHIRPathParser(text)
    guard let alternatives = parser.alternatives() else { return nil }
    self.alternatives = alternatives
  }

  /// The cell's text; nil for nothing. Several values are a problem unless they are all the same.
  func text(in line: FHIRLine) throws(CellProblem) -> String? {
    for steps in alternatives {
      var text: String?
      for value in FHIRPath.values(steps, in: line) {
        guard let next = value.cellText else { continue }
        guard text == nil || text == next else { throw .severalValues }
        text = next
      }
      if let text { return text }
    }
    return nil
  }

  /// `item` is the line's own item, not all of the claim's.
  private static func values(_ steps: [Step], in line: FHIRLine) -> [JSONValue] {
    guard steps.first == .member("item") else { return values(steps[...], in: [line.claim]) }
    return values(steps.dropFirst(), in: line.item.map { [$0] } ?? [])
  }

  private static func values(_ steps: ArraySlice<Step>, in start: [JSONValue]) -> [JSONValue] {
    var found = start
    for step in steps {
      switch step {
      case .member(let name):
        found = found.compactMap { $0[name] }.flatMap { value -> [JSONValue] in
          if case .array(let elements) = value { return elements }
          return [value]
        }
      case .element(let index):
        found = found.indices.contains(index) ? [found[index]] : []
      case .condition(let path, let text, let isEqual):
        found = found.filter { element in
          values(path[...], in: [element]).contains { $0.cellText == text } == isEqual
        }
      }
    }
    return found
  }
}

/// One line of a claim: an item, with the claim that it belongs to.
struct FHIRLine: Sendable {
  let claim: JSONValue
  /// Nil for a claim without items.
  let item: JSONValue?
}
