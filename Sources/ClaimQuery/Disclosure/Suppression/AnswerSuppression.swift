/// Chooses which cells of an answer are shown: within each row, and over the rows for each aggregate.
struct AnswerSuppression {
  let threshold: CohortThreshold
  let protectsComplement: Bool
  /// The aggregates' cohorts in atoms, the same in every row.
  let atoms: CohortAtoms?

  /// By row and aggregate, whether the cell is shown.
  ///
  /// What is withheld so that nothing follows over the rows must not follow within its row either, so
  /// both are repeated until nothing changes; each time, more is withheld.
  ///
  /// - Parameters:
  ///   - counts: by row and aggregate, the contributors.
  ///   - isForbidden: by row and aggregate, cells that are not shown whatever their contributors.
  ///   - hasEnoughPeople: by row and aggregate, cells whose contributors are known to be as many people
  ///     as the minimum cohort; nil where only records are counted.
  func shown(
    counts: [[Int64]], isForbidden: [[Bool]], hasEnoughPeople: [[Bool]]? = nil
  ) -> [[Bool]] {
    let cells = CellSuppression(threshold: threshold, atoms: atoms)
    let rows = RowSuppression(threshold: threshold)
    var isForbidden = isForbidden
    while true {
      var shown = counts.indices.map { row in
        cells.shown(
          counts: counts[row], isForbidden: isForbidden[row],
          hasEnoughPeople: hasEnoughPeople?[row])
      }
      guard protectsComplement else { return shown }
      var isStable = true
      for aggregate in counts.first?.indices ?? 0..<0 {
        let before = shown.map { $0[aggregate] }
        let after = rows.shown(counts: counts.map { $0[aggregate] }, shown: before)
        for row in shown.indices where before[row] && !after[row] {
          shown[row][aggregate] = false
          isForbidden[row][aggregate] = true
          isStable = false
        }
      }
      if isStable { return shown }
    }
  }
}
