import ClaimSchema
import Testing
import _TestSupport

/// Digits and their sets over random columns of each type.
@Suite struct DigitLawTests {
  /// An indexed column with two of its values.
  private struct Case: CustomStringConvertible {
    let column: Column
    let values: [CellValue]

    init(_ choices: inout Choices) throws {
      let type = try choices.columnType(isIndexed: true)
      column = Column(
        sourceName: "c", name: "c", type: type, protection: .encrypted, uses: [.filter],
        isNullable: true)
      values = try (0..<2).map { _ in try present(choices.cell(of: type), "a value") }
    }

    var layout: DigitLayout {
      get throws { try present(column.digitLayout, "the layout") }
    }

    var description: String { "\(column.type): \(values)" }
  }

  /// Where a value stands among the column's others.
  private func isOrdered(_ a: CellValue, before b: CellValue, _ type: ColumnType) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)):
      switch type {
      case .integer(_, let cuts?), .money(_, _, let cuts?):
        cuts.count { $0 <= a } < cuts.count { $0 <= b }
      default: a < b
      }
    case (.date(let a), .date(let b)): a < b
    case (.code(let a), .code(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.category(let a), .category(let b)): a < b
    default: false
    }
  }

  @Test func digitsAreOrderedAsTheirValues() throws {
    try Property("digits are in range and ordered as values are", runs: 2000) {
      try Case(&$0)
    } holds: { made in
      let layout = try made.layout
      let digits = try made.values.map { try present(layout.digits(of: $0), "digits of \($0)") }
      for value in digits {
        try agree(value.count, layout.sizes.count, "the number of digits")
        try hold(zip(value, layout.sizes).allSatisfy { 0..<$1 ~= $0 }, "\(value): \(layout.sizes)")
      }
      for (a, b) in [(0, 1), (1, 0)] {
        try agree(
          digits[a].lexicographicallyPrecedes(digits[b]),
          isOrdered(made.values[a], before: made.values[b], made.column.type), "the order")
      }
      try agree(layout.indicatorCount, layout.sizes.reduce(0, +), "the indicators")
      try hold(layout.digits(of: .null) == nil, "NULL has no digits")
    }.check()
  }

  private static func holds<Value: Comparable>(
    _ comparison: ComparisonOperator, _ a: Value, _ b: Value
  ) -> Bool {
    ComparisonTests.holds(comparison, a, b)
  }

  /// A constant as SQL has it, with what the comparison of a value with it gives.
  private struct Constant: CustomStringConvertible {
    let text: String
    let holds: (ComparisonOperator, CellValue) -> Bool
    var description: String { "'\(text)'" }

    init(_ choices: inout Choices, _ column: Column) throws {
      switch column.type {
      case .integer(let range, let cuts):
        self.init(number: &choices, scale: 0, range, cuts)
      case .money(let scale, let range, let cuts):
        self.init(number: &choices, scale: scale, range, cuts)
      case .date(let range):
        let day = choices.bool() ? choices.day(in: range) : choices.day()
        self.init(text: day.description) { comparison, value in
          guard case .date(let other) = value else { return false }
          return DigitLawTests.holds(comparison, other, day)
        }
      case .code(let alphabets):
        let characters = choices.array(count: 0...alphabets.count + 1) { choices -> Character in
          let position = choices.pick(alphabets.count)
          return choices.pick(weights: [4, 1]) == 0
            ? choices.element(of: alphabets[position]) : choices.element(of: ["~", "!", "a", "M"])
        }
        self.init(bytesOf: String(characters)) { value in
          guard case .code(let code) = value else { return "" }
          return code
        }
      case .category(let values?):
        let text = choices.bool() ? choices.element(of: values) : try choices.cellText()
        self.init(bytesOf: text) { value in
          guard case .category(let index) = value else { return "" }
          return values[index]
        }
      case .text, .category(values: nil): throw Discarded()
      }
    }

    private init(text: String, holds: @escaping (ComparisonOperator, CellValue) -> Bool) {
      self.text = text
      self.holds = holds
    }

    private init(bytesOf text: String, _ valueText: @escaping (CellValue) -> String) {
      let bytes = ComparisonTests.Bytes(text)
      self.init(text: text) {
        DigitLawTests.holds($0, ComparisonTests.Bytes(valueText($1)), bytes)
      }
    }

    /// A number with one decimal more than the column has; a cut point where there are such.
    private init(
      number choices: inout Choices, scale: Int, _ range: ClosedRange<Int64>, _ cuts: [Int64]?
    ) {
      // Beyond the ends as well.
      let units: Int64 =
        cuts.map { choices.element(of: $0) }
        ?? choices.integer(in: range.lowerBound - 3...range.upperBound + 3)
      let tenth = cuts == nil ? choices.pick(10) : 0
      let tenths = Int128(units) * 10 + (units < 0 ? -Int128(tenth) : Int128(tenth))
      let more = tenth == 0 ? "" : (scale == 0 ? "." : "") + "\(tenth)"
      self.init(text: ExactDecimal.text(units, scale: scale) + more) { comparison, value in
        guard case .number(let number) = value else { return false }
        return DigitLawTests.holds(comparison, Int128(number) * 10, tenths)
      }
    }
  }

  @Test func comparisonsSelectTheValuesThatCompareSo() throws {
    struct Comparison: CustomStringConvertible {
      let made: Case
      let comparison: ComparisonOperator
      let constant: Constant
      var description: String { "\(made) \(comparison.rawValue) \(constant)" }
    }
    try Property("a comparison's digit set holds the values that compare so", runs: 4000) {
      choices in
      let made = try Case(&choices)
      return Comparison(
        made: made, comparison: choices.element(of: ComparisonOperator.allCases),
        constant: try Constant(&choices, made.column))
    } holds: { claim in
      let set: DigitSet
      do {
        set = try claim.made.column.digitSet(
          comparing: claim.comparison, to: claim.constant.text)
      } catch LiteralProblem.notACutPoint {
        // Equality with a cut point needs the next one as well.
        throw Discarded()
      }
      for value in claim.made.values {
        let digits = try present(claim.made.layout.digits(of: value), "digits")
        try agree(
          set.contains(digits), claim.constant.holds(claim.comparison, value), "\(value)")
      }
    }.check()
  }

  @Test func prefixesSelectTheTextsThatBeginSo() throws {
    try Property("a prefix's digit set holds the texts that begin so", runs: 1000) { choices in
      let made = try Case(&choices)
      let text: String
      switch (made.column.type, made.values[0]) {
      case (.code, .code(let code)): text = code
      case (.category(let values?), .category(let index)): text = values[index]
      default: throw Discarded()
      }
      let prefix = String(
        decoding: text.utf8.prefix(choices.pick(text.utf8.count + 1)), as: UTF8.self)
      return (made, choices.pick(weights: [3, 1]) == 0 ? prefix : prefix + "Z")
    } holds: { made, prefix in
      let set = try made.column.digitSet(prefix: prefix)
      for value in made.values {
        let digits = try present(made.layout.digits(of: value), "digits")
        let text =
          switch (made.column.type, value) {
          case (_, .code(let code)): code
          case (.category(let values?), .category(let index)): values[index]
          default: ""
          }
        try agree(set.contains(digits), text.utf8.starts(with: prefix.utf8), "\(value)")
      }
    }.check()
  }

  /// Set algebra over a few digits, against membership.
  @Test func setsAreSets() throws {
    struct Sets: CustomStringConvertible {
      let sizes: [Int]
      let (a, b): (DigitSet, DigitSet)
      let digits: [Int]
      var description: String { "\(a), \(b) over \(sizes), \(digits)" }

      init(_ choices: inout Choices) {
        let sizes = choices.array(count: 1...3) { $0.integer(in: 1...4) }
        self.sizes = sizes
        (a, b) = (Sets.set(&choices, sizes[...]), Sets.set(&choices, sizes[...]))
        digits = sizes.map { choices.pick($0) }
      }

      static func set(_ choices: inout Choices, _ sizes: ArraySlice<Int>) -> DigitSet {
        let kind = choices.pick(3)
        guard let size = sizes.first, kind == 2 else { return kind == 0 ? .none : .all }
        return .joining((0..<size).map { _ in set(&choices, sizes.dropFirst()) })
      }
    }
    try Property("unions, intersections and complements are those of sets", runs: 3000) {
      Sets(&$0)
    } holds: { made in
      let (a, b, digits) = (made.a, made.b, made.digits)
      let (inA, inB) = (a.contains(digits), b.contains(digits))
      try agree(a.union(b).contains(digits), inA || inB, "the union")
      try agree(a.intersection(b).contains(digits), inA && inB, "the intersection")
      try agree(a.complement().contains(digits), !inA, "the complement")
      // Equal sets are equal trees.
      try agree(a.complement().complement(), a, "the complement's complement")
      try agree(a.union(b), b.union(a), "the union, turned round")
      try agree(
        a.union(b).complement(), a.complement().intersection(b.complement()), "De Morgan's law")
      try agree(a.union(a.complement()), .all, "a set and its complement")
      let below = DigitSet.below(digits, sizes: made.sizes)
      let single = DigitSet.single(digits, sizes: made.sizes)
      let above = DigitSet.range(from: digits, through: nil, sizes: made.sizes)
      try agree(below.union(above), .all, "below and from")
      try agree(below.intersection(above), .none, "below and from together")
      try agree(
        DigitSet.range(from: nil, through: digits, sizes: made.sizes), below.union(single),
        "through")
    }.check()
  }
}
