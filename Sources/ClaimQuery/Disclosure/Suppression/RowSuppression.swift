/// Complementary suppression over the rows of an answer, for one aggregate.
///
/// The number of a table's records is known to many. Where rows part the records completely, the sum of
/// the withheld cells follows from it by subtraction. So they are together at least the threshold, and
/// never one alone.
package struct RowSuppression: Sendable {
  private let threshold: CohortThreshold

  package init(threshold: CohortThreshold) { self.threshold = threshold }

  /// Which cells are shown after as many more as needed are withheld, the smallest first; of equal ones,
  /// the first. Cells over no record stay as they are: they take part in no sum.
  ///
  /// - Parameters:
  ///   - counts: the contributors of the aggregate in each row.
  ///   - shown: whether each cell would be shown by itself; as many as there are counts.
  package func shown(counts: [Int64], shown: [Bool]) -> [Bool] {
    var shown = shown
    var withheldCount = 0
    var withheldRecords: Int64 = 0
    func add(_ row: Int) {
      withheldCount += 1
      let (sum, overflow) = withheldRecords.addingReportingOverflow(counts[row])
      withheldRecords = overflow ? .max : sum
    }
    for row in shown.indices where !shown[row] && counts[row] > 0 { add(row) }
    guard withheldCount > 0 else { return shown }
    let candidates = shown.indices.filter { shown[$0] && counts[$0] > 0 }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }
    for row in candidates {
      guard withheldCount < 2 || withheldRecords < threshold.records else { break }
      shown[row] = false
      add(row)
    }
    return shown
  }
}
