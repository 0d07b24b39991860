import ClaimSchema

/// A predicate over clear columns, checked and ready to be evaluated on many records.
///
/// Cells are the table's canonical text: dates in ISO 8601, amounts with all decimals, nil for NULL.
/// Numbers compare as numbers, dates as dates, everything else byte by byte, as PostgreSQL does under
/// the C collation.
public struct ClearPredicate: Hashable, Sendable {
  /// The columns that it reads, in the order in which cells are given.
  public let columns: [String]
  private let root: Node

  private indirect enum Node: Hashable, Sendable {
    case comparison(Int, Comparison, ClearConstant?)
    case isIn(Int, [ClearConstant], hasNull: Bool)
    case prefix(Int, [UInt8]?)
    case isNull(Int)
    case datePart(Int, DatePart, Comparison, PartConstant?)
    case isTrue(Node)
    case not(Node)
    case and([Node])
    case or([Node])
    case constant(Bool?)
  }

  /// Checks the predicate's columns, which must all be clear, and its constants.
  ///
  /// - Throws: `QueryError.unknownColumn`, `.columnUse` or `.literal`.
  public init(_ predicate: Predicate, schema: Schema) throws(QueryError) {
    var compiler = Compiler(builder: ConditionBuilder(schema: schema))
    root = try compiler.node(predicate)
    columns = compiler.columns
  }

  /// Whether the predicate is TRUE; FALSE and NULL are not. `cell` gives the cell of the column at
  /// an index of `columns`.
  public func isTrue(_ cell: (Int) -> String?) -> Bool {
    ClearPredicate.value(of: root, cell) == true
  }

  /// What the predicate can be over records whose cells are in the given ranges.
  func outcomes(_ range: (Int) -> ClearRange) -> ClearOutcomes {
    ClearPredicate.outcomes(of: root, range)
  }

  /// Whether the predicate is TRUE of one record, whose cells are given by column name.
  public static func isTrue(
    _ predicate: Predicate, cells: (String) -> String?, schema: Schema
  ) throws(QueryError) -> Bool {
    let checked = try ClearPredicate(predicate, schema: schema)
    return checked.isTrue { cells(checked.columns[$0]) }
  }

  private static func outcomes(of node: Node, _ range: (Int) -> ClearRange) -> ClearOutcomes {
    func tested(_ column: Int, isMonotone: Bool = false) -> ClearOutcomes {
      range(column).outcomes(isMonotone: isMonotone) { cell in value(of: node) { _ in cell } }
    }
    switch node {
    case .constant(let value): return ClearOutcomes(value)
    case .not(let inner): return outcomes(of: inner, range).mapping { $0.map { !$0 } }
    case .isTrue(let inner): return outcomes(of: inner, range).mapping { $0 == true }
    case .and(let nodes):
      return nodes.reduce(.isTrue) { result, node in
        result.combining(outcomes(of: node, range)) { decide([$0, $1], by: false) }
      }
    case .or(let nodes):
      return nodes.reduce(.isFalse) { result, node in
        result.combining(outcomes(of: node, range)) { decide([$0, $1], by: true) }
      }
    case .comparison(let column, let comparison, let constant):
      switch comparison {
      case .less, .lessOrEqual, .greater, .greaterOrEqual: return tested(column, isMonotone: true)
      case .equal, .notEqual:
        // Beyond the bounds no cell equals the constant.
        if let constant, case .bounds(let least, let greatest, _) = range(column),
          constant.order(ofCell: least) == 1 || constant.order(ofCell: greatest) == -1
        {
          return tested(column, isMonotone: true)
        }
        return tested(column)
      }
    case .isIn(let column, _, _), .prefix(let column, _), .isNull(let column):
      return tested(column)
    case .datePart(let column, let part, let comparison, _):
      let isOrdered =
        switch comparison {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: true
        case .equal, .notEqual: false
        }
      return tested(column, isMonotone: part == .year && isOrdered)
    }
  }

  /// TRUE, FALSE, or NULL as nil.
  private static func value(of node: Node, _ cell: (Int) -> String?) -> Bool? {
    switch node {
    case .constant(let value): return value
    case .not(let inner): return value(of: inner, cell).map { !$0 }
    case .and(let nodes): return decide(nodes.map { value(of: $0, cell) }, by: false)
    case .or(let nodes): return decide(nodes.map { value(of: $0, cell) }, by: true)
    case .isNull(let column): return cell(column) == nil
    case .isTrue(let inner): return value(of: inner, cell) == true
    case .datePart(let column, let part, let comparison, let constant):
      guard let constant, let day = cell(column).flatMap({ CalendarDay(iso: $0) }) else {
        return nil
      }
      return comparison.holds(constant.order(of: day.value(of: part)))
    case .comparison(let column, let comparison, let constant):
      guard let constant, let order = cell(column).flatMap(constant.order) else { return nil }
      return comparison.holds(order)
    case .isIn(let column, let constants, let hasNull):
      guard let text = cell(column) else { return nil }
      if constants.contains(where: { $0.order(ofCell: text) == 0 }) { return true }
      return hasNull ? nil : false
    case .prefix(let column, let prefix):
      guard let prefix, let text = cell(column) else { return nil }
      return text.utf8.starts(with: prefix)
    }
  }

  /// AND is decided by a FALSE, OR by a TRUE; otherwise a NULL leaves them open.
  private static func decide(_ values: some Sequence<Bool?>, by decisive: Bool) -> Bool? {
    var isOpen = false
    for value in values {
      if value == decisive { return decisive }
      if value == nil { isOpen = true }
    }
    return isOpen ? nil : !decisive
  }

  private struct Compiler {
    let builder: ConditionBuilder
    var columns: [String] = []

    mutating func node(_ predicate: Predicate) throws(QueryError) -> Node {
      switch predicate {
      case .constant(let value): return .constant(value)
      case .not(let inner): return .not(try node(inner))
      case .and(let operands): return .and(try nodes(operands))
      case .or(let operands): return .or(try nodes(operands))
      case .isNull(let reference): return .isNull(try index(of: reference).index)
      case .isTrue(let inner): return .isTrue(try node(inner))
      case .datePart(let part, let reference, let comparison, let literal):
        let (index, _) = try index(of: reference)
        let column = try builder.dateColumn(reference, for: "extract")
        return .datePart(
          index, part, comparison, try builder.partConstant(literal, of: part, column))
      case .comparison(let reference, let comparison, let literal):
        let (index, column) = try index(of: reference)
        return .comparison(index, comparison, try constant(literal, column))
      case .between(let reference, let low, let high):
        return try node(
          .and([
            .comparison(reference, .greaterOrEqual, low),
            .comparison(reference, .lessOrEqual, high),
          ]))
      case .isIn(let reference, let literals):
        let (index, column) = try index(of: reference)
        var constants: [ClearConstant] = []
        var hasNull = false
        for literal in literals {
          if let constant = try constant(literal, column) {
            constants.append(constant)
          } else {
            hasNull = true
          }
        }
        return .isIn(index, constants, hasNull: hasNull)
      case .like(let reference, let prefix, let isExact):
        let (index, column) = try index(of: reference)
        let constant = try constant(prefix, column)
        if isExact { return .comparison(index, .equal, constant) }
        guard case .text(let bytes)? = constant else { return .prefix(index, nil) }
        return .prefix(index, bytes)
      }
    }

    private mutating func nodes(_ predicates: [Predicate]) throws(QueryError) -> [Node] {
      var result: [Node] = []
      for predicate in predicates { result.append(try node(predicate)) }
      return result
    }

    private func constant(
      _ literal: Literal, _ column: Column
    ) throws(QueryError) -> ClearConstant? {
      literal.value == .null ? nil : try ClearConstant(literal, column: column)
    }

    private mutating func index(
      of reference: ColumnReference
    ) throws(QueryError) -> (index: Int, column: Column) {
      let column = try builder.column(reference)
      guard column.protection == .clear else {
        throw .columnUse(
          column: column.name, position: reference.position,
          problem: "it is not clear, and this condition is evaluated in clear",
          remedy: "protect it as clear")
      }
      if let known = columns.firstIndex(of: column.name) { return (known, column) }
      columns.append(column.name)
      return (columns.count - 1, column)
    }
  }
}

extension Comparison {
  /// Whether the comparison holds for a value that is before (-1), equal to (0) or after (1) the
  /// constant.
  package func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}
