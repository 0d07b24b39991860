import BigInteger
import Paillier
import SecureMemory
import Testing
import _TestSupport

/// Record packing over random measures and records: what is unpacked from the sum of packed records are
/// the records' totals, under every mask.
@Suite struct PackingLawTests {
  private struct Case: CustomStringConvertible {
    let packing: RecordPacking
    let records: [[Int64?]]
    let request: PackingRequest
    let seed: UInt64

    init(_ choices: inout Choices) throws {
      let capacity: Int = choices.integer(in: 1...1000)
      let limit = Int64((UInt64(1) << 62 - 1) / UInt64(capacity))
      let measures = choices.array(count: 0...5) { choices in
        let (a, b) = (
          choices.integer(in: -limit...limit), choices.integer(in: -limit...limit)
        )
        return RecordPacking.Measure(
          name: "measure", range: min(a, b)...max(a, b), isNullable: choices.bool())
      }
      // All else is admitted, so it is too wide if it is refused.
      let laidOut = try? RecordPacking(
        measures: measures, capacity: capacity, modulusBits: choices.element(of: [512, 256, 300]))
      guard let packing = laidOut else { throw Discarded() }
      self.packing = packing
      records = choices.array(count: 0...min(capacity, 8)) { choices in
        packing.measures.map { measure in
          let isNull = measure.isNullable && choices.pick(weights: [2, 1]) == 1
          return isNull ? nil : choices.integer(in: measure.range)
        }
      }
      var asked = (sums: Set<Int>(), counts: Set<Int>())
      for measure in measures.indices {
        switch choices.pick(3) {
        case 0: break
        case 1: asked.sums.insert(measure)
        default: asked.counts.insert(measure)
        }
      }
      request = PackingRequest(sums: asked.sums, counts: asked.counts)
      seed = choices.integer(in: 0...UInt64.max)
    }

    /// The totals of the records themselves.
    var totals: (counts: [Int: Int], sums: [Int: Int64]) {
      var result: (counts: [Int: Int], sums: [Int: Int64]) = ([:], [:])
      for measure in request.sums.union(request.counts) {
        let values = records.compactMap { $0[measure] }
        result.counts[measure] = values.count
        if request.sums.contains(measure) { result.sums[measure] = values.reduce(0, +) }
      }
      return result
    }

    var description: String {
      let ranges = packing.measures.map { "\($0.range)\($0.isNullable ? " or NULL" : "")" }
      return "\(ranges), capacity \(packing.capacity), \(packing.modulusBitCount) bits, "
        + "records \(records), sums \(request.sums), counts \(request.counts), seed \(seed)"
    }
  }

  private func check(_ found: PackedTotals, _ made: Case) throws {
    try agree(found.recordCount, made.records.count, "the number of records")
    try agree(found.counts, made.totals.counts, "the counts")
    try agree(found.sums, made.totals.sums, "the sums")
  }

  @Test func totalsAreThoseOfTheRecords() throws {
    try Property("unpacked totals are the records' totals, masked or not", runs: 600) {
      try Case(&$0)
    } holds: { made in
      let packing = made.packing
      var sums = [BigInteger](repeating: 0, count: packing.blockCount)
      for record in made.records {
        for (block, plaintext) in try packing.pack(record).enumerated() {
          try hold(plaintext.bitCount < packing.modulusBitCount, "a plaintext is too wide")
          sums[block] += plaintext
        }
      }
      let blocks = try packing.blocks(answering: made.request)
      func totals(_ mask: (Int) -> BigInteger) throws -> PackedTotals {
        try packing.unpack(
          Dictionary(uniqueKeysWithValues: blocks.map { ($0, sums[$0] + mask($0)) }),
          answering: made.request)
      }
      try check(try totals { _ in 0 }, made)
      var source = SeedExpander(
        seed: withUnsafeBytes(of: made.seed.littleEndian) { Array($0) }, domain: "packing laws")
      for _ in 0..<3 {
        try check(
          try totals { block in
            packing.mask(
              hiding: packing.hiddenFields(inBlock: block, answering: made.request),
              inBlock: block, using: &source)
          }, made)
      }
    }.check()
  }

  /// The same through ciphertexts: packed, encrypted, added up, masked, decrypted.
  @Test func totalsAreThoseOfEncryptedRecords() throws {
    var keySource = SeedExpander(seed: [6], domain: "packing laws")
    let key = try PrivateKey.generateInsecureForTesting(bitCount: 512, using: &keySource)
    let encryptor = Encryptor(publicKey: key.publicKey)
    let evaluator = Evaluator(publicKey: key.publicKey)
    try Property("encrypted records have their totals", runs: 40) {
      try Case(&$0)
    } holds: { made in
      // A key of 512 bits holds what was laid out for it.
      try assume(made.packing.modulusBitCount == 512)
      let packing = made.packing
      var source = SeedExpander(
        seed: withUnsafeBytes(of: made.seed.littleEndian) { Array($0) }, domain: "packing laws")
      let records = try made.records.map { try encryptor.encrypt(packing.pack($0)) }
      var sums: [Int: BigInteger] = [:]
      for block in try packing.blocks(answering: made.request) {
        let hidden = packing.hiddenFields(inBlock: block, answering: made.request)
        let masked = try evaluator.add(
          evaluator.sum(records.map { $0[block] }),
          plaintext: packing.mask(hiding: hidden, inBlock: block, using: &source))
        sums[block] = try key.decrypt(masked)
      }
      try check(try packing.unpack(sums, answering: made.request), made)
    }.check()
  }

  /// A mask leaves the fields that are asked for alone, and is uniform over each of the others.
  @Test func masksAreUniformOverTheHiddenFields() throws {
    let packing = try RecordPacking(
      measures: [
        .init(name: "a", range: -7...200, isNullable: true),
        .init(name: "b", range: 0...1_000_000, isNullable: false),
      ], capacity: 1000, modulusBits: 512)
    let request = PackingRequest(sums: [1])
    let hidden = packing.hiddenFields(inBlock: 0, answering: request)
    var source = SeedExpander(seed: [1], domain: "mask statistics")
    let masks = (0..<4000).map { _ in
      packing.mask(hiding: hidden, inBlock: 0, using: &source)
    }
    for (index, field) in packing.fields.enumerated() {
      let contents = masks.map { ($0 >> field.bitOffset).lowBits(field.bitCount) }
      guard hidden.contains(index) else {
        #expect(contents.allSatisfy { $0.isZero })
        continue
      }
      let width = field.sumBitCount + RecordPacking.maskBitCount
      func rows(_ count: Int) -> [[Bool]] {
        contents.map { content in (0..<count).map { (content >> $0).isOdd } }
      }
      #expect(SampleFit(bits: rows(width)).rejections.isEmpty)
      // A mask of one bit more would not be this one.
      #expect(!SampleFit(bits: rows(width + 1)).rejections.isEmpty)
    }
  }
}
