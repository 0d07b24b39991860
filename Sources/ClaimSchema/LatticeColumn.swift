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
  /// One limb of a summed value; 0 where it is NULL.
  case value(SummedValue, limb: Int)
  /// 1 where the columns of a joint index have the combination at this place.
  case joint(columns: [String], place: Int)

  /// The name under which a table stores it, such as `admitted/digit/0/24`.
  public var storageKey: String {
    switch self {
    case .occupied: "occupied"
    case .personBucket(let bucket): "person/bucket/\(bucket)"
    case .present(let column): "\(column)/present"
    case .indicator(let column, let digit, let value): "\(column)/digit/\(digit)/\(value)"
    case .value(.column(let column), let limb): "\(column)/value/\(limb)"
    case .value(.product(let a, let b), let limb): "\(a)*\(b)/value/\(limb)"
    case .joint(let columns, let place): "\(columns.joined(separator: "+"))/joint/\(place)"
    }
  }
}

extension LatticeColumn: Comparable {
  /// The canonical order: `occupied` first, the person's buckets, then by column, and in a column
  /// `present`, the indicators by digit and value, the value's limbs. Products and joint indexes stand
  /// under their columns' names together.
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
    case .value(.column(let column), let limb): (column, (3, limb, 0))
    case .value(.product(let a, let b), let limb): ("\(a)*\(b)", (3, limb, 0))
    case .joint(let columns, let place): (columns.joined(separator: "+"), (4, place, 0))
    }
  }
}
