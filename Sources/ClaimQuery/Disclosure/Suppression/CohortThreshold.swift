/// How many records a released cell needs so that they are at least as many people as the minimum
/// cohort.
package struct CohortThreshold: Hashable, Sendable {
  /// The fewest records of a cell.
  package let records: Int64

  /// (k − 1) · m + 1: fewer could all be of k − 1 people.
  ///
  /// - Parameters:
  ///   - minimumCohort: k, at least 1.
  ///   - recordsPerPerson: m, the most records that one person has; 1 where records count as people.
  package init(minimumCohort: Int, recordsPerPerson: Int = 1) {
    let (product, overflow) = Int64(max(minimumCohort, 1) - 1).multipliedReportingOverflow(
      by: Int64(max(recordsPerPerson, 1)))
    // No table has so many records: nothing is released.
    records = overflow || product == .max ? .max : product + 1
  }

  /// Whether a number of records, or a difference of two such numbers, tells too much: it is not zero,
  /// and below the threshold.
  package func isTelling(_ count: Int64) -> Bool { count > 0 && count < records }
}
