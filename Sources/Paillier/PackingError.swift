/// Why records cannot be packed or totals not be unpacked. No case carries a value.
public enum PackingError: Error, Hashable, Sendable {
  /// A capacity below 1.
  case capacity(Int)
  /// capacity · max |value| of the measure reaches 2^62.
  case sumTooLarge(name: String)
  /// A measure's fields need more bits than a plaintext has beside the record count.
  case measureTooWide(name: String, bitCount: Int, available: Int)
  /// A record with another number of values than there are measures.
  case valueCount(found: Int, expected: Int)
  /// A value outside the measure's declared range.
  case valueOutOfRange(name: String)
  /// A NULL in a measure that is declared without.
  case unexpectedNull(name: String)
  /// A request for a measure that there is not, by its number.
  case unknownMeasure(Int)
  /// The sum of a block that the request needs is not there.
  case missingBlock(Int)
  /// Decrypted totals that no table within the capacity can have.
  case impossibleTotal
}

extension PackingError: CustomStringConvertible {
  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .capacity(let capacity):
      "a capacity of \(capacity) records: declare at least 1"
    case .sumTooLarge(let name):
      "column \(name): its range times the capacity reaches 2^62; declare a narrower range, a "
        + "smaller scale or a smaller capacity"
    case .measureTooWide(let name, let bitCount, let available):
      "column \(name) needs \(bitCount) bits of a plaintext that has \(available) to give; declare "
        + "a narrower range or a smaller capacity"
    case .valueCount(let found, let expected):
      "a record with \(found) values where \(expected) columns are declared"
    case .valueOutOfRange(let name):
      "column \(name): the value is outside the declared range"
    case .unexpectedNull(let name):
      "column \(name): NULL where the schema declares that there is none"
    case .unknownMeasure(let index):
      "there is no packed column \(index)"
    case .missingBlock(let block):
      "the sum of block \(block) is missing"
    case .impossibleTotal:
      "refused"
    }
  }
}
