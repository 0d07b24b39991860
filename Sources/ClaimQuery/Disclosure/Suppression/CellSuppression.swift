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
    let safeAtoms = Set(
      atoms.map { atoms in
        counts.indices.filter { hasEnoughPeople[$0] && !isForbidden[$0] }
          .map { atoms.memberships[$0] }
      } ?? [])
    guard let atoms else {
      // Whatever is shown could give away what is not.
      if isForbidden.contains(true) { return counts.map { $0 == 0 } }
      return judged(counts, isForbidden) { _, index, shown in
        !shown.contains { tells(counts[$0], counts[index]) }
      }
    }
    var cells = DerivableCells(atomCount: atoms.atomCount)
    for (index, count) in counts.enumerated() where count == 0 {
      cells.show(atoms.memberships[index], value: 0)
    }
    return judged(counts, isForbidden) { _, index, shown in
      let isBetween = shown.contains {
        isNested(atoms.memberships[$0], atoms.memberships[index])
          && tells(counts[$0], counts[index])
      }
      guard !isBetween else { return false }
      var more = cells
      more.show(atoms.memberships[index], value: BigInteger(counts[index]))
      guard !givesAway(more, atoms, isForbidden, safe: safeAtoms) else { return false }
      cells = more
      return true
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

  /// Whether a cell that must not be known, or a telling atom, follows from the cells.
  private func givesAway(
    _ cells: DerivableCells, _ atoms: CohortAtoms, _ isForbidden: [Bool], safe: Set<[Bool]>
  ) -> Bool {
    for (index, isForbidden) in isForbidden.enumerated() where isForbidden {
      if cells.follows(atoms.memberships[index]) { return true }
    }
    for atom in 0..<atoms.atomCount {
      let single = (0..<atoms.atomCount).map { $0 == atom }
      if safe.contains(single) { continue }
      if let count = cells.value(of: single).flatMap(Int64.init(exactly:)),
        threshold.isTelling(count)
      {
        return true
      }
    }
    return false
  }
}
