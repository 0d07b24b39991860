/// The factors of one product of a total, by what they depend on, before they are arranged in the
/// two operands of the last multiplication.
package struct FactorGroups {
  /// The hidden grouping column with the most keys.
  package var leading: [IndicatorExpression] = []
  /// The WHERE clause.
  package var filter: [IndicatorExpression] = []
  /// The other hidden grouping columns.
  package var grouping: [IndicatorExpression] = []
  /// What is summed.
  package var value: [IndicatorExpression] = []

  package var all: [IndicatorExpression] { leading + filter + grouping + value }

  /// The two operands of the last product, each at most `depth - 1` deep; nil when there are fewer
  /// than two factors or they do not fit.
  package func operands(depth: Int) -> (IndicatorExpression, IndicatorExpression)? {
    let limit = depth - 1
    guard limit >= 0, IndicatorExpression.load(of: all) <= 1 << depth else { return nil }
    // The right operand does not depend on the leading column, so many groups share it.
    if let left = chained([leading], limit: limit),
      let right = chained([filter, grouping, value], limit: limit)
    {
      return (left, right)
    }
    // Nothing leads: the left operand is the same for all values.
    if leading.isEmpty, let left = chained([filter, grouping], limit: limit),
      let right = chained([value], limit: limit)
    {
      return (left, right)
    }
    return packed(limit: limit) ?? halves
  }

  /// The product of the stages one after the other, so that what they begin with can be shared, or
  /// balanced where that is too deep; nil when there is no factor or it does not fit.
  private func chained(_ stages: [[IndicatorExpression]], limit: Int) -> IndicatorExpression? {
    let filled = stages.compactMap { IndicatorExpression.balanced($0) }
    guard let first = filled.first else { return nil }
    let chain = filled.dropFirst().reduce(first) { .product([$0, $1]) }
    if chain.depth <= limit { return chain }
    guard let balanced = IndicatorExpression.balanced(stages.flatMap { $0 }),
      balanced.depth <= limit
    else { return nil }
    return balanced
  }

  /// Packs the factors into two operands of load at most 2^limit, the leading ones on the left as
  /// far as there is room. Loads are powers of two, so the largest first always finds room; nil when
  /// all are on one side.
  private func packed(limit: Int) -> (IndicatorExpression, IndicatorExpression)? {
    let items =
      leading.map { (factor: $0, side: 0) }
      + (filter + grouping + value).map { (factor: $0, side: 1) }
    let largestFirst = items.enumerated().sorted {
      ($1.element.factor.depth, $0.offset) < ($0.element.factor.depth, $1.offset)
    }
    var sides: [[IndicatorExpression]] = [[], []]
    for (_, item) in largestFirst {
      let load = IndicatorExpression.load(of: sides[item.side] + [item.factor])
      sides[load <= 1 << limit ? item.side : 1 - item.side].append(item.factor)
    }
    guard let left = IndicatorExpression.balanced(sides[0]),
      let right = IndicatorExpression.balanced(sides[1])
    else { return nil }
    return (left, right)
  }

  /// The two operands of the balanced product.
  private var halves: (IndicatorExpression, IndicatorExpression)? {
    guard case .product(let operands)? = IndicatorExpression.balanced(all), operands.count == 2
    else { return nil }
    return (operands[0], operands[1])
  }
}
