public import BigInteger
package import SecureMemory

/// The totals that a query asks of packed records.
public struct PackingRequest: Hashable, Sendable {
  /// The measures whose sum is asked; their counts come with them.
  public let sums: Set<Int>
  /// The measures whose non-NULL count alone is asked.
  public let counts: Set<Int>

  /// Asks for sums, each with its count, and for counts without a sum. Record counts always come.
  public init(sums: Set<Int>, counts: Set<Int> = []) {
    self.sums = sums
    self.counts = counts
  }
}

/// What packed totals say about the measures that were asked for.
public struct PackedTotals: Hashable, Sendable {
  /// The records that were added up.
  public let recordCount: Int
  /// By measure: the records in which it is not NULL.
  public let counts: [Int: Int]
  /// By measure: the sum over those records; 0 over none.
  public let sums: [Int: Int64]
}

extension RecordPacking {
  /// The blocks that answer a request, in ascending order: those of its measures, or the first when
  /// it asks for the record count only.
  public func blocks(answering request: PackingRequest) throws(PackingError) -> [Int] {
    var blocks: Set<Int> = []
    for measure in request.sums.union(request.counts) {
      guard let block = block(of: measure) else { throw .unknownMeasure(measure) }
      blocks.insert(block)
    }
    return blocks.isEmpty ? [0] : blocks.sorted()
  }

  /// The numbers of a block's fields that a request does not ask for.
  public func hiddenFields(inBlock block: Int, answering request: PackingRequest) -> Set<Int> {
    Set(fields(inBlock: block).filter { !isAsked(fields[$0].content, by: request) })
  }

  /// What the server adds to an encrypted block: for each hidden field of w bits of sum a uniform
  /// number in [0, 2^(w + 40)), which hides the sum to within a statistical distance of 2^-40.
  ///
  /// - Parameter hidden: numbers of fields in `block`; others are not considered.
  package func mask(
    hiding hidden: Set<Int>, inBlock block: Int, using source: inout some RandomSource
  ) -> BigInteger {
    var mask = BigInteger()
    for index in fields(inBlock: block) where hidden.contains(index) {
      let field = fields[index]
      let bitCount = field.sumBitCount + RecordPacking.maskBitCount
      mask += BigInteger.random(bitCount: bitCount, using: &source) << field.bitOffset
    }
    return mask
  }

  /// Reads the totals that were asked for out of the decrypted sums.
  ///
  /// - Parameter sums: by block, the plaintexts of all blocks that answer the request.
  /// - Throws: ``PackingError/missingBlock(_:)``, or ``PackingError/impossibleTotal`` when a total is
  ///   not one that at most `capacity` records can have, or something stands beyond the fields.
  public func unpack(
    _ sums: [Int: BigInteger], answering request: PackingRequest
  ) throws(PackingError) -> PackedTotals {
    var recordCount: UInt64?
    var contents: [FieldContent: UInt64] = [:]
    for block in try blocks(answering: request) {
      guard let sum = sums[block] else { throw .missingBlock(block) }
      let blockFields = fields(inBlock: block).map { fields[$0] }
      // Nothing that is added up, masks included, goes beyond the last field.
      let end = blockFields.reduce(0) { max($0, $1.bitOffset + $1.bitCount) }
      guard sum.signum >= 0, sum.bitCount <= end else { throw .impossibleTotal }
      for field in blockFields where isAsked(field.content, by: request) {
        let total = try read(field, of: sum)
        if field.content == .recordCount {
          guard recordCount == nil || recordCount == total else { throw .impossibleTotal }
          recordCount = total
        }
        contents[field.content] = total
      }
    }
    let records = recordCount ?? 0
    var totals: (counts: [Int: Int], sums: [Int: Int64]) = ([:], [:])
    for measure in request.sums.union(request.counts) {
      let count = measures[measure].isNullable ? contents[.flag(measure: measure)] : records
      guard let count, count <= records else { throw .impossibleTotal }
      totals.counts[measure] = Int(count)
      guard request.sums.contains(measure) else { continue }
      guard let stored = contents[.value(measure: measure)] else { throw .impossibleTotal }
      totals.sums[measure] = try sum(of: measures[measure], stored: stored, count: count)
    }
    return PackedTotals(recordCount: Int(records), counts: totals.counts, sums: totals.sums)
  }

  private func isAsked(_ content: FieldContent, by request: PackingRequest) -> Bool {
    switch content {
    case .value(let measure): request.sums.contains(measure)
    case .flag(let measure): request.sums.contains(measure) || request.counts.contains(measure)
    case .recordCount: true
    }
  }

  private func read(_ field: Field, of sum: BigInteger) throws(PackingError) -> UInt64 {
    let content = (sum >> field.bitOffset).lowBits(field.bitCount)
    guard content.bitCount <= field.sumBitCount else { throw .impossibleTotal }
    let total = UInt64(content.lowLimb)
    guard total <= field.maximum else { throw .impossibleTotal }
    return total
  }

  /// Σ value = Σ (value − min) + count · min. Nothing overflows: capacity · |value| is below 2^62.
  private func sum(
    of measure: Measure, stored: UInt64, count: UInt64
  ) throws(PackingError) -> Int64 {
    let width = UInt64(bitPattern: measure.range.upperBound &- measure.range.lowerBound)
    guard stored <= width * count else { throw .impossibleTotal }
    return Int64(stored) + Int64(count) * measure.range.lowerBound
  }
}
