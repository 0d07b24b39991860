/// How the measures of a record lie side by side in Paillier plaintexts, so that adding ciphertexts
/// adds every measure at once.
///
/// A plaintext is a block of fields. A measure has a field for its value, stored as value − min, and
/// if it may be NULL one for a flag that is 1 where it is not (a NULL is stored as 0 with flag 0). A
/// block ends, in its highest bits, with a field that counts records. Each field has room for its
/// sum over the capacity and 41 bits more: room for a uniform mask of 40 bits more than the sum, with
/// which the server hides the fields that a query does not ask for. No field ever carries into the
/// next. When the measures do not fit into one plaintext, there are several blocks.
public struct RecordPacking: Hashable, Sendable {
  /// A number column of the records.
  public struct Measure: Hashable, Sendable {
    /// The column's name, for errors.
    public let name: String
    /// The values that it may have.
    public let range: ClosedRange<Int64>
    /// Whether it may be NULL.
    public let isNullable: Bool

    /// A measure with a name, its range and whether it may be NULL.
    public init(name: String, range: ClosedRange<Int64>, isNullable: Bool) {
      self.name = name
      self.range = range
      self.isNullable = isNullable
    }
  }

  /// What a field sums up. Measures are numbered from 0, in the order given.
  public enum FieldContent: Hashable, Sendable {
    /// value − min of the measure.
    case value(measure: Int)
    /// 1 where the measure is not NULL.
    case flag(measure: Int)
    /// 1 for every record.
    case recordCount
  }

  /// The place of a field.
  public struct Field: Hashable, Sendable {
    /// What it sums up.
    public let content: FieldContent
    /// The block that it lies in, from 0.
    public let block: Int
    /// Its lowest bit in the block.
    public let bitOffset: Int
    /// The largest sum over the capacity.
    public let maximum: UInt64

    /// The bits of the largest sum.
    public var sumBitCount: Int { UInt64.bitWidth - maximum.leadingZeroBitCount }
    /// The bits that the field takes, room for a mask included.
    public var bitCount: Int { sumBitCount + RecordPacking.guardBitCount }
  }

  /// A field has as many bits more than its largest sum.
  public static let guardBitCount = 41
  /// A mask is uniform over as many bits more than the field's largest sum has.
  public static let maskBitCount = 40

  /// The measures in the order of the values of a record.
  public let measures: [Measure]
  /// The most records that may be added up.
  public let capacity: Int
  /// The bits of the key's modulus.
  public let modulusBitCount: Int
  /// All fields, block by block from the lowest bit up. A field's number is its index here.
  public let fields: [Field]
  /// The plaintexts, and so ciphertexts, of a record.
  public let blockCount: Int

  /// Lays out the fields: the measures in their order, each with its flag in one block.
  ///
  /// - Parameters:
  ///   - measures: capacity · max |value| is below 2^62 for each.
  ///   - capacity: at least 1.
  ///   - modulusBits: the bits of the key's modulus.
  /// - Throws: ``PackingError``.
  public init(measures: [Measure], capacity: Int, modulusBits: Int) throws(PackingError) {
    guard capacity >= 1 else { throw .capacity(capacity) }
    let count = UInt64(capacity)
    func bits(_ maximum: UInt64) -> Int {
      UInt64.bitWidth - maximum.leadingZeroBitCount + RecordPacking.guardBitCount
    }
    // Plaintexts have a bit less than the modulus, so that they are below it.
    let room = modulusBits - 1 - bits(count)
    var fields: [Field] = []
    var (block, offset) = (0, 0)
    func append(_ content: FieldContent, _ maximum: UInt64) {
      fields.append(Field(content: content, block: block, bitOffset: offset, maximum: maximum))
      offset += bits(maximum)
    }
    for (index, measure) in measures.enumerated() {
      let maximum = try RecordPacking.largestSum(of: measure, capacity: count)
      let needed = bits(maximum) + (measure.isNullable ? bits(count) : 0)
      guard needed <= room else {
        throw .measureTooWide(name: measure.name, bitCount: needed, available: max(0, room))
      }
      if offset + needed > room {
        append(.recordCount, count)
        (block, offset) = (block + 1, 0)
      }
      append(.value(measure: index), maximum)
      if measure.isNullable { append(.flag(measure: index), count) }
    }
    guard room >= 0 else {
      throw .measureTooWide(name: "record count", bitCount: bits(count), available: 0)
    }
    append(.recordCount, count)

    self.measures = measures
    self.capacity = capacity
    modulusBitCount = modulusBits
    self.fields = fields
    blockCount = block + 1
  }

  /// The block that a measure's fields lie in; nil for a measure that there is not.
  public func block(of measure: Int) -> Int? {
    fields.first { $0.content == .value(measure: measure) }?.block
  }

  /// The numbers of a block's fields.
  public func fields(inBlock block: Int) -> [Int] {
    fields.indices.filter { fields[$0].block == block }
  }

  private static func largestSum(
    of measure: Measure, capacity: UInt64
  ) throws(PackingError) -> UInt64 {
    let largest = max(measure.range.lowerBound.magnitude, measure.range.upperBound.magnitude)
    let (bound, overflow) = largest.multipliedReportingOverflow(by: capacity)
    guard !overflow, bound < 1 << 62 else { throw .sumTooLarge(name: measure.name) }
    // Both bounds times the capacity are below 2^62, so their distance is below 2^63. A constant
    // measure still gets a bit.
    let width = UInt64(
      bitPattern: measure.range.upperBound &- measure.range.lowerBound)
    return max(1, width * capacity)
  }
}
