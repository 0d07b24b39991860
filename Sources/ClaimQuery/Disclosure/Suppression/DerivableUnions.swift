import BigInteger

/// The unions of atoms whose numbers of records follow from shown cells.
///
/// Reduced so far that each has an atom of its own, the shown cells' combinations are a basis: a union of
/// atoms follows exactly when it is the sum of some of them, those whose own atom it has.
struct DerivableUnions {
  /// One combination, in multiples of the common denominator.
  private struct Term {
    let entries: [Int128]
    let value: Int128
  }

  /// One of the unions, and its number of records.
  struct Union {
    let atoms: [Bool]
    let value: Int64
  }

  private let terms: [Term]
  private let denominator: Int128
  private let atomCount: Int
  /// What the terms from each index on add at most and at least.
  private let highest: [[Int128]]
  private let lowest: [[Int128]]
  private let lowestValue: [Int128]

  /// Steps of a search. Longer ones are given up: whoever asks withholds instead.
  private static let stepLimit = 1 << 14

  /// Nil when the numbers are too large for this.
  init?(_ combinations: [DerivableCells.Combination], atomCount: Int) {
    var denominator = BigInteger(1)
    for row in combinations {
      let lead = row.entries[row.lead].magnitude
      let common = denominator.greatestCommonDivisor(with: lead)
      denominator *= lead.quotientAndRemainder(dividingBy: common)?.quotient ?? lead
    }
    var terms: [Term] = []
    for row in combinations {
      func scaled(_ number: BigInteger) -> Int128? {
        (number * denominator).quotientAndRemainder(dividingBy: row.entries[row.lead].magnitude)
          .flatMap { Int64(exactly: row.entries[row.lead].signum < 0 ? -$0.quotient : $0.quotient) }
          .map { Int128($0) }
      }
      let entries = row.entries.compactMap(scaled)
      guard let value = scaled(row.value), entries.count == atomCount else { return nil }
      terms.append(Term(entries: entries, value: value))
    }
    guard let whole = Int64(exactly: denominator) else { return nil }
    self.terms = terms
    self.denominator = Int128(whole)
    self.atomCount = atomCount
    func suffixes(_ bound: (Int128) -> Int128) -> [[Int128]] {
      terms.reversed().reduce(into: [Array(repeating: 0, count: atomCount)]) { sums, term in
        sums.append(zip(sums[sums.count - 1], term.entries).map { $0 + bound($1) })
      }.reversed()
    }
    highest = suffixes { max($0, 0) }
    lowest = suffixes { min($0, 0) }
    lowestValue = terms.reversed().reduce(into: [0]) {
      $0.append($0[$0.count - 1] + min($1.value, 0))
    }
    .reversed()
  }

  /// The first union, not empty, of fewer records than `limit` which `matches`.
  ///
  /// - Throws: ``TooManySteps``.
  func first(
    below limit: Int64, where matches: (Union) -> Bool
  ) throws(TooManySteps) -> Union? {
    var steps = 0
    func search(_ index: Int, _ sums: [Int128], _ value: Int128) throws(TooManySteps) -> Union? {
      steps += 1
      guard steps <= DerivableUnions.stepLimit else { throw TooManySteps() }
      guard value + lowestValue[index] < Int128(limit) * denominator,
        (0..<atomCount).allSatisfy({ atom in
          let range = sums[atom] + lowest[index][atom]...sums[atom] + highest[index][atom]
          return range.contains(0) || range.contains(denominator)
        })
      else { return nil }
      guard index < terms.count else {
        let union = Union(
          atoms: sums.map { $0 != 0 }, value: Int64(clamping: value / denominator))
        return union.atoms.contains(true) && matches(union) ? union : nil
      }
      if let found = try search(index + 1, sums, value) { return found }
      let term = terms[index]
      return try search(index + 1, zip(sums, term.entries).map { $0 + $1 }, value + term.value)
    }
    return try search(0, Array(repeating: 0, count: atomCount), 0)
  }

  /// There are too many combinations to try.
  struct TooManySteps: Error {}
}
