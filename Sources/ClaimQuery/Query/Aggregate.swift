import ClaimSchema

/// One aggregate as written: a function over the records of a group.
public struct Aggregate: Hashable, Sendable {
  /// The function.
  public var function: AggregateFunction
  /// What it is taken over: nothing for `count(*)`, two for `covar_pop` and `corr`, else one.
  public var arguments: [ValueExpression]
  /// `count(DISTINCT column)`.
  public var isDistinct: Bool
  /// The condition of FILTER.
  public var filter: Predicate?
  /// Offset in the query text, in characters from 0. It takes no part in equality.
  public var position: Int

  /// An aggregate of these parts; nothing is checked.
  public init(
    _ function: AggregateFunction, of arguments: [ValueExpression] = [], isDistinct: Bool = false,
    filter: Predicate? = nil, position: Int = 0
  ) {
    self.function = function
    self.arguments = arguments
    self.isDistinct = isDistinct
    self.filter = filter
    self.position = position
  }

  /// `count(*)`.
  public static let countRecords = Aggregate(.count)

  /// Equal when everything but the place is.
  public static func == (a: Self, b: Self) -> Bool {
    a.function == b.function && a.arguments == b.arguments && a.isDistinct == b.isDistinct
      && a.filter == b.filter
  }
  /// Hashes everything but the place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(function)
    hasher.combine(arguments)
    hasher.combine(isDistinct)
    hasher.combine(filter)
  }
}
