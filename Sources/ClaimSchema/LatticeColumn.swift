/// A column of lattice ciphertexts that a table stores, one ciphertext for each chunk.
public enum LatticeColumn: Hashable, Sendable {
  /// 1 in every slot that holds a record.
  case occupied
  /// 1 where the record's person is of this bucket; every record is of one.
  case personBucket(Int)
  /// 1 where the nullable column is not NULL.
  case present(column: String)
  /// 1 where the given digit of the column has the given value.
  case indicator(column: String, digit: Int, value: Int)
  /// One limb of the column's value; 0 where it is NULL.
  case value(column: String, limb: Int)

  /// The schema column that it belongs to; nil for `occupied` and the person's buckets.
  public var column: String? {
    switch self {
    case .occupied, .personBucket: nil
    case .present(let column), .indicator(let column, _, _), .value(let column, _): column
    }
  }

  /// The name under which a table stores it, such as `admitted/digit/0/24`.
  public var storageKey: String {
    switch self {
    case .occupied: "occupied"
    case .personBucket(let bucket): "person/bucket/\(bucket)"
    case .present(let column): "\(column)/present"
    case .indicator(let column, let digit, let value): "\(column)/digit/\(digit)/\(value)"
    case .value(let column, let limb): "\(column)/value/\(limb)"
    }
  }
}

extension LatticeColumn: Comparable {
  /// The canonical order: `occupied` first, the person's buckets, then by column, and in a column `present`, the
  /// indicators by digit and value, the value's limbs.
  public static func < (a: LatticeColumn, b: LatticeColumn) -> Bool {
    let (left, right) = (a.rank, b.rank)
    guard left.column == right.column else { return left.column < right.column }
    return left.within < right.within
  }

  private var rank: (column: String, within: (Int, Int, Int)) {
    switch self {
    case .occupied: ("", (0, 0, 0))
    case .personBucket(let bucket): ("", (1, bucket, 0))
    case .present(let column): (column, (1, 0, 0))
    case .indicator(let column, let digit, let value): (column, (2, digit, value))
    case .value(let column, let limb): (column, (3, limb, 0))
    }
  }
}
