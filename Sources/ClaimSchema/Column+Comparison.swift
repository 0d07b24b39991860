extension Column {
  /// The values of this column that compare so with a constant, written as in SQL without quotes.
  ///
  /// NULL is in no set. A constant that no value equals selects nothing by `=`; constants beyond
  /// the declared range select all or nothing. Categories compare as text over their declared
  /// values and codes as text, both by bytes, as PostgreSQL does under the C collation.
  public func digitSet(
    comparing comparison: ComparisonOperator, to constant: String
  ) throws(LiteralProblem) -> DigitSet {
    guard let layout = digitLayout else { throw .notIndexed }
    switch layout.encoding {
    case .category:
      let below = declaredValues { $0.utf8.lexicographicallyPrecedes(constant.utf8) }
      let equal = declaredValues { $0 == constant }
      return comparison.select(below: below, equal: equal, through: below.union(equal))
    case .code(let positions):
      return codes(comparing: comparison, to: Array(constant.utf8), positions, layout.sizes)
    case .date(let range):
      return try days(comparing: comparison, to: constant, range, layout.sizes)
    case .bands(let cuts, let range):
      let value = try number(constant)
      return try bands(comparing: comparison, to: value, cuts, range)
    case .radix(let base, let range):
      let value = try number(constant)
      let below = { (bound: Int64) -> DigitSet in
        if bound <= range.lowerBound { return .none }
        if bound > range.upperBound { return .all }
        return .below(layout.digits(of: bound, base: base), sizes: layout.sizes)
      }
      let through = below(value.floor + 1)
      if !value.isExact { return comparison.select(below: through, equal: .none, through: through) }
      let equal = layout.digits(of: .number(value.floor)).map {
        DigitSet.single($0, sizes: layout.sizes)
      }
      return comparison.select(below: below(value.floor), equal: equal ?? .none, through: through)
    }
  }

  /// The values of a category or code that begin with `prefix`, as `LIKE 'prefix%'` selects them.
  public func digitSet(prefix: String) throws(LiteralProblem) -> DigitSet {
    guard let layout = digitLayout else { throw .notIndexed }
    switch layout.encoding {
    case .category:
      return declaredValues { $0.utf8.starts(with: prefix.utf8) }
    case .code(let positions):
      guard prefix.utf8.count <= positions.count else { return .none }
      var digits: [Int] = []
      for (byte, alphabet) in zip(prefix.utf8, positions) {
        guard let digit = alphabet.digit(of: byte) else { return .none }
        digits.append(digit)
      }
      return .prefix(digits, sizes: layout.sizes)
    case .date, .bands, .radix: throw .notText
    }
  }

  private func declaredValues(where holds: (String) -> Bool) -> DigitSet {
    guard case .category(let values?) = type else { return .none }
    return .joining(values.map { holds($0) ? .all : .none })
  }

  private func number(_ constant: String) throws(LiteralProblem) -> ExactDecimal {
    var scale = 0
    var form = "a whole number such as 3"
    if case .money(let declared, _, _) = type {
      scale = declared
      form = "an amount such as \(ExactDecimal.text(2_500_000, scale: scale))"
    }
    guard let value = ExactDecimal(literal: constant, scale: scale) else { throw .expected(form) }
    return value
  }
}

extension Column {
  private func codes(
    comparing comparison: ComparisonOperator, to constant: [UInt8], _ positions: [CodeAlphabet],
    _ sizes: [Int]
  ) -> DigitSet {
    var digits: [Int] = []
    for (byte, alphabet) in zip(constant, positions) {
      if let digit = alphabet.digit(of: byte) {
        digits.append(digit)
        continue
      }
      // No code equals the constant up to here, so both bounds lie before the next character.
      digits.append(alphabet.lowestDigit(notBefore: byte))
      let bound = DigitSet.below(digits, sizes: sizes)
      return comparison.select(below: bound, equal: .none, through: bound)
    }
    if constant.count > positions.count {
      let bound = DigitSet.range(from: nil, through: digits, sizes: sizes)
      return comparison.select(below: bound, equal: .none, through: bound)
    }
    // The empty constant comes before every code, and no code equals it.
    if constant.isEmpty {
      return comparison.select(below: .none, equal: .none, through: .none)
    }
    // After one pad come only pads, so one of them tells that the code ends.
    let below = DigitSet.below(digits, sizes: sizes)
    let equal = DigitSet.prefix(digits.count < sizes.count ? digits + [0] : digits, sizes: sizes)
    return comparison.select(below: below, equal: equal, through: below.union(equal))
  }

  private func days(
    comparing comparison: ComparisonOperator, to constant: String,
    _ range: ClosedRange<CalendarDay>, _ sizes: [Int]
  ) throws(LiteralProblem) -> DigitSet {
    guard let day = CalendarDay(iso: constant) else {
      throw .expected("a date such as 2009-01-31")
    }
    let below = { (day: CalendarDay?) -> DigitSet in
      guard let day, day <= range.upperBound else { return .all }
      if day <= range.lowerBound { return .none }
      return .below(DigitLayout.digits(of: day, in: range), sizes: sizes)
    }
    // "Through the last of a month" is "before the first of the next": the day's digit is spared.
    let equal: DigitSet =
      range.contains(day)
      ? .single(DigitLayout.digits(of: day, in: range), sizes: sizes) : .none
    return comparison.select(below: below(day), equal: equal, through: below(day.next))
  }

  private func bands(
    comparing comparison: ComparisonOperator, to value: ExactDecimal, _ cuts: [Int64],
    _ range: ClosedRange<Int64>
  ) throws(LiteralProblem) -> DigitSet {
    let below = { (bound: Int64) throws(LiteralProblem) -> DigitSet in
      if bound <= range.lowerBound { return .none }
      if bound > range.upperBound { return .all }
      guard let index = cuts.firstIndex(of: bound) else {
        let nearest = [cuts.last { $0 < bound }, cuts.first { $0 > bound }]
        throw .notACutPoint(nearest: nearest.compactMap { $0.map(self.decimalText) })
      }
      return .below([index + 1], sizes: [cuts.count + 1])
    }
    // Only the bounds that the comparison needs must be cut points.
    switch comparison {
    case .equal, .notEqual:
      guard value.isExact else { return comparison == .equal ? .none : .all }
      let through = try below(value.floor + 1)
      let equal = try through.intersection(below(value.floor).complement())
      return comparison == .equal ? equal : equal.complement()
    case .less, .greaterOrEqual:
      let bound = try below(value.isExact ? value.floor : value.floor + 1)
      return comparison == .less ? bound : bound.complement()
    case .lessOrEqual, .greater:
      let bound = try below(value.floor + 1)
      return comparison == .lessOrEqual ? bound : bound.complement()
    }
  }

  /// A number of this column as text: whole, or with all decimals of the scale.
  func decimalText(_ number: Int64) -> String {
    if case .money(let scale, _, _) = type { return ExactDecimal.text(number, scale: scale) }
    return String(number)
  }
}
