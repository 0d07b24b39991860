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

  /// Whether it leads through the item of the line, so that the lines of a claim differ in it.
  fileprivate var readsItem: Bool { alternatives.contains { $0.first == .member("item") } }

  /// The cell's text; nil for nothing. Several values are a problem unless they are all the same.
  fileprivate func text(in line: FHIRLine) throws(CellProblem) -> String? {
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
  fileprivate let claim: JSONValue
  /// Nil for a claim without items.
  fileprivate let item: JSONValue?
  /// By path, the texts that all lines of the claim have; nil where they differ, and nothing for claims
  /// of few lines, which look where they are asked.
  private let common: [Result<String?, CellProblem>?]

  /// A claim of more lines looks once for what they have in common: it may be as long as they are many.
  private static let fewLines = 8

  private init(claim: JSONValue, item: JSONValue?, common: [Result<String?, CellProblem>?] = []) {
    self.claim = claim
    self.item = item
    self.common = common
  }

  /// The lines of a claim whose cells stand at these paths: one for each item.
  static func lines(of claim: JSONValue, paths: [FHIRPath]) -> [FHIRLine] {
    let whole = FHIRLine(claim: claim, item: nil)
    guard case .array(let items)? = claim["item"], !items.isEmpty else { return [whole] }
    guard items.count > fewLines else { return items.map { FHIRLine(claim: claim, item: $0) } }
    let common = paths.map { path -> Result<String?, CellProblem>? in
      path.readsItem ? nil : Result { () throws(CellProblem) in try path.text(in: whole) }
    }
    return items.map { FHIRLine(claim: claim, item: $0, common: common) }
  }

  /// The text of the cell at the path of an index.
  func text(of paths: [FHIRPath], at index: Int) throws(CellProblem) -> String? {
    if common.indices.contains(index), let found = common[index] { return try found.get() }
    return try paths[index].text(in: self)
  }
}
