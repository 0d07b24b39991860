/// The decrypted totals of one group, before the disclosure policy has seen them.
package struct OpenedGroup: Sendable {
  /// The keys of all grouping columns in the order of GROUP BY; nil is the NULL group.
  package let keys: [String?]
  /// The totals in the order of `Plan.totals`.
  package let totals: [Int64]

  package init(keys: [String?], totals: [Int64]) {
    self.keys = keys
    self.totals = totals
  }
}
