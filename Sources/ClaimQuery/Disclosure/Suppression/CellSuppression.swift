import BigInteger

/// Chooses which cells of one row are shown, so that neither a small cohort nor the few records between
/// two cohorts follow from them.
struct CellSuppression {
  let threshold: CohortThreshold
  /// The cells' cohorts in atoms; nil when they could not be taken apart.
  let atoms: CohortAtoms?

  /// Which cells are shown. Cells are judged in order, so the first of two that do not go together is
  /// shown. A cell over no record always is.
  ///
  /// - Parameters:
  ///   - counts: the contributors of each cell.
  ///   - isForbidden: cells that must not follow from what is shown.
  ///   - hasEnoughPeople: cells whose contributors are enough people, however few they are; nil for
  ///     none.
  func shown(
    counts: [Int64], isForbidden: [Bool], hasEnoughPeople: [Bool]? = nil
  ) -> [Bool] {
    let hasEnoughPeople = hasEnoughPeople ?? counts.map { _ in false }
    let isForbidden = counts.indices.map { index in
      counts[index] > 0
        && (isForbidden[index] || (threshold.isTelling(counts[index]) && !hasEnoughPeople[index]))
    }
    guard let atoms else {
      // Whatever is shown could give away what is not.
      if isForbidden.contains(true) { return counts.map { $0 == 0 } }
      return judged(counts, isForbidden) { _, index, shown in
        !shown.contains { tells(counts[$0], counts[index]) }
      }
    }
    let safe = counts.indices.filter { hasEnoughPeople[$0] && !isForbidden[$0] }
    return judged(counts, isForbidden) { _, index, shown in
      let isBetween = shown.contains {
        isNested(atoms.memberships[$0], atoms.memberships[index])
          && tells(counts[$0], counts[index])
      }
      return !isBetween
        && !givesAway(shown + [index], counts, atoms, isForbidden: isForbidden, safe: safe)
    }
  }

  private func judged(
    _ counts: [Int64], _ isForbidden: [Bool],
    admits: (_ count: Int64, _ index: Int, _ shown: [Int]) -> Bool
  ) -> [Bool] {
    var shown: [Int] = []
    return counts.enumerated().map { index, count in
      if count == 0 { return true }
      guard !isForbidden[index], admits(count, index, shown) else { return false }
      shown.append(index)
      return true
    }
  }

  private func tells(_ a: Int64, _ b: Int64) -> Bool {
    threshold.isTelling(max(a, b) - min(a, b))
  }

  private func isNested(_ a: [Bool], _ b: [Bool]) -> Bool {
    zip(a, b).allSatisfy { !$0 || $1 } || zip(a, b).allSatisfy { $0 || !$1 }
  }

  /// Whether a cell that must not be known, or a telling union of atoms, follows from the cells of these
  /// indices and those over no record.
  private func givesAway(
    _ shown: [Int], _ counts: [Int64], _ atoms: CohortAtoms, isForbidden: [Bool], safe: [Int]
  ) -> Bool {
    // Whatever is in a union over no record is over none.
    var open = (0..<atoms.atomCount).filter { atom in
      !counts.indices.contains { counts[$0] == 0 && atoms.memberships[$0][atom] }
    }
    func part(_ cell: Int) -> [Bool] { open.map { atoms.memberships[cell][$0] } }
    while true {
      var cells = DerivableCells(atomCount: open.count)
      for cell in shown { cells.show(part(cell), value: BigInteger(counts[cell])) }
      let known = Set(safe.map(part))
      guard let unions = DerivableUnions(cells.reduced, atomCount: open.count) else { return true }
      let found: DerivableUnions.Union?
      do throws(DerivableUnions.TooManySteps) {
        found = try unions.first(below: threshold.records) {
          $0.value == 0 || (threshold.isTelling($0.value) && !known.contains($0.atoms))
        }
      } catch {
        return true
      }
      guard let found else {
        return isForbidden.indices.contains { isForbidden[$0] && cells.follows(part($0)) }
      }
      guard found.value == 0 else { return true }
      open = zip(open, found.atoms).filter { !$0.1 }.map(\.0)
    }
  }
}
