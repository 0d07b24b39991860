import ClaimSchema

/// One total over the records of a group.
public struct TotalSpecification: Hashable, Sendable {
  /// What computes it.
  public let engine: Engine
  /// What is added up.
  public let measure: Measure
  /// The index in `Plan.slices` of the condition that the records meet, beside WHERE and the group's.
  public let slice: Int

  /// What computes a total.
  public enum Engine: String, Hashable, Sendable {
    /// BFV ciphertexts: filters and values are encrypted.
    case lattice
    /// Packed Paillier records: filters are clear.
    case paillier
  }

  /// What is added up over the records.
  public enum Measure: Hashable, Sendable {
    /// 1 for each record.
    case records
    /// 1 for each record with a value in this Paillier column.
    case present(column: String)
    /// A stored value or product; NULL counts as 0.
    case value(SummedValue)
    /// 1 for each record whose person is in this bucket.
    case personBucket(Int)
  }

  package init(engine: Engine, measure: Measure, slice: Int) {
    self.engine = engine
    self.measure = measure
    self.slice = slice
  }

  /// True for the totals that are computed on BFV ciphertexts.
  public var isLattice: Bool { engine == .lattice }

  /// The ciphertext column that is summed, one limb of it; nil where only records are counted.
  package func summedColumn(limb: Int) -> LatticeColumn? {
    switch measure {
    case .records, .present: nil
    case .value(let value): .value(value, limb: limb)
    case .personBucket(let bucket): .personBucket(bucket)
    }
  }

  /// What is summed; nil for counts.
  public var summedValue: SummedValue? {
    if case .value(let value) = measure { value } else { nil }
  }
}
