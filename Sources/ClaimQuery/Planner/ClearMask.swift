/// The records for which each of some clear predicates is TRUE, and each of some others is not.
///
/// The server evaluates it in clear, on the plan's `clearPredicates`. Where it covers a whole chunk
/// no plaintext product is needed, and where it covers none of it the chunk is skipped.
public struct ClearMask: Hashable, Sendable {
  /// Indices into `Plan.clearPredicates`, ascending: each is TRUE.
  public let required: [Int]
  /// Indices into `Plan.clearPredicates`, ascending: each is FALSE or NULL.
  public let excluded: [Int]

  package init(required: [Int] = [], excluded: [Int] = []) {
    self.required = Set(required).sorted()
    self.excluded = Set(excluded).sorted()
  }

  /// Every record.
  public static let everything = ClearMask()

  package func requiring(_ index: Int) -> ClearMask {
    ClearMask(required: required + [index], excluded: excluded)
  }

  package func excluding(_ index: Int) -> ClearMask {
    ClearMask(required: required, excluded: excluded + [index])
  }
}

/// One case of a condition: what is left to evaluate on ciphertexts where the mask holds.
package struct MaskedCondition: Hashable, Sendable {
  package let mask: ClearMask
  /// Without clear parts, and not FALSE.
  package let condition: Condition

  package init(mask: ClearMask, condition: Condition) {
    self.mask = mask
    self.condition = condition
  }
}

/// The clear predicates of a plan, each with its index.
package struct ClearPredicateList {
  package private(set) var predicates: [Predicate] = []

  package init() {}

  /// The predicate's index; a new one for a predicate that was not there.
  package mutating func index(of predicate: Predicate) -> Int {
    if let known = predicates.firstIndex(of: predicate) { return known }
    predicates.append(predicate)
    return predicates.count - 1
  }

  /// The condition by cases of its clear predicates, which exclude each other.
  ///
  /// A clear predicate costs nothing to evaluate, so the cases need no product of ciphertexts: where
  /// it is TRUE the condition is one thing, elsewhere another.
  package mutating func cases(
    of condition: Condition, limit: Int
  ) throws(TooManyCases) -> [MaskedCondition] {
    var result: [MaskedCondition] = []
    try split(condition, under: .everything, limit: limit, into: &result)
    return result
  }

  /// The condition falls into more cases than the limit.
  package struct TooManyCases: Error {}

  private mutating func split(
    _ condition: Condition, under mask: ClearMask, limit: Int, into result: inout [MaskedCondition]
  ) throws(TooManyCases) {
    if condition == .constant(false) { return }
    guard let predicate = condition.firstClearPredicate else {
      if result.count == limit { throw TooManyCases() }
      result.append(MaskedCondition(mask: mask, condition: condition))
      return
    }
    let index = index(of: predicate)
    try split(
      condition.assuming(predicate, is: true), under: mask.requiring(index), limit: limit,
      into: &result)
    try split(
      condition.assuming(predicate, is: false), under: mask.excluding(index), limit: limit,
      into: &result)
  }
}
