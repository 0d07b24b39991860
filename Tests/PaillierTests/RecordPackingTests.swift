import BigInteger
import Paillier
import SecureMemory
import Testing

@Suite struct RecordPackingTests {
  static let measures: [RecordPacking.Measure] = [
    .init(name: "paid", range: -2_000_000...20_000_000, isNullable: true),
    .init(name: "deductible", range: 0...500_000, isNullable: false),
    .init(name: "days", range: 0...400, isNullable: true),
  ]

  @Test func fieldsLieApartAndBelowTheModulus() throws {
    for bits in [300, 512, 2048, 3072] {
      let packing = try RecordPacking(
        measures: Self.measures, capacity: 200_000, modulusBits: bits)
      #expect(packing.fields.count == 5 + packing.blockCount)
      for block in 0..<packing.blockCount {
        let fields = packing.fields(inBlock: block).map { packing.fields[$0] }
        #expect(fields.last?.content == .recordCount)
        var end = 0
        for field in fields {
          #expect(field.bitOffset == end)
          #expect(field.bitCount == field.sumBitCount + 41)
          end += field.bitCount
        }
        #expect(end < bits)
      }
    }
    let narrow = try RecordPacking(measures: Self.measures, capacity: 200_000, modulusBits: 300)
    #expect(narrow.blockCount > 1)
    let wide = try RecordPacking(measures: Self.measures, capacity: 200_000, modulusBits: 3072)
    #expect(wide.blockCount == 1)
    #expect(wide.block(of: 2) == 0)
    #expect(wide.block(of: 3) == nil)
  }

  /// Every record at the edge, as many as the capacity: no field carries into the next.
  @Test(arguments: [300, 2048]) func fullCapacityAtTheEdgesIsExact(_ bits: Int) throws {
    let capacity = 1000
    let packing = try RecordPacking(
      measures: Self.measures, capacity: capacity, modulusBits: bits)
    let records: [[Int64?]] = [
      [-2_000_000, 0, 0], [20_000_000, 500_000, 400], [nil, 500_000, nil],
    ]
    for record in records {
      let plaintexts = try packing.pack(record)
      var sums: [Int: BigInteger] = [:]
      for (block, plaintext) in plaintexts.enumerated() {
        sums[block] = plaintext * BigInteger(capacity)
      }
      let totals = try packing.unpack(sums, answering: PackingRequest(sums: [0, 1, 2]))
      #expect(totals.recordCount == capacity)
      for (index, value) in record.enumerated() {
        #expect(totals.counts[index] == (value == nil ? 0 : capacity))
        #expect(totals.sums[index] == (value ?? 0) * Int64(capacity))
      }
    }
  }

  @Test func theLargestMasksLeaveTheAskedFieldsExact() throws {
    let packing = try RecordPacking(measures: Self.measures, capacity: 1000, modulusBits: 2048)
    let record: [Int64?] = [20_000_000, 500_000, 400]
    let sum = try packing.pack(record)[0] * 1000
    let request = PackingRequest(sums: [1], counts: [2])
    let hidden = packing.hiddenFields(inBlock: 0, answering: request)
    #expect(hidden.count == 3)
    var ones = OnesSource()
    let mask = packing.mask(hiding: hidden, inBlock: 0, using: &ones)
    let totals = try packing.unpack([0: sum + mask], answering: request)
    #expect(totals == (try packing.unpack([0: sum], answering: request)))
    #expect(totals.sums == [1: 500_000_000])
    #expect(totals.counts == [1: 1000, 2: 1000])
    // What is hidden is gone: its field is out of every bound.
    #expect(throws: PackingError.impossibleTotal) {
      try packing.unpack([0: sum + mask], answering: PackingRequest(sums: [0]))
    }
    for nothing in [[], [99, -1]] as [Set<Int>] {
      let empty = packing.mask(hiding: nothing, inBlock: 0, using: &ones)
      #expect(empty.isZero)
    }
    for index in hidden {
      let field = packing.fields[index]
      let part = (mask >> field.bitOffset).lowBits(field.bitCount)
      #expect(part == (BigInteger(1) << (field.sumBitCount + 40)) - 1)
    }
  }

  @Test func encryptedTotalsAreTheTotals() throws {
    var source = SeedExpander(seed: [9], domain: "packing")
    let key = try PrivateKey.generateInsecureForTesting(bitCount: 512, using: &source)
    let packing = try RecordPacking(
      measures: Self.measures, capacity: 100, modulusBits: key.publicKey.bitCount)
    let records: [[Int64?]] = (0..<40).map { index in
      [
        index % 3 == 0 ? nil : Int64(source.uniform(below: 22_000_000)) - 2_000_000,
        Int64(source.uniform(below: 500_001)),
        index % 4 == 0 ? nil : Int64(source.uniform(below: 401)),
      ]
    }
    let encryptor = Encryptor(publicKey: key.publicKey)
    let evaluator = Evaluator(publicKey: key.publicKey)
    let packed = try records.map { try packing.pack($0) }
    let request = PackingRequest(sums: [0, 2])
    var opened: [Int: BigInteger] = [:]
    for block in try packing.blocks(answering: request) {
      let sum = try evaluator.sum(encryptor.encrypt(packed.map { $0[block] }))
      let mask = packing.mask(
        hiding: packing.hiddenFields(inBlock: block, answering: request), inBlock: block,
        using: &source)
      let answer = try evaluator.rerandomize(evaluator.add(sum, plaintext: mask))
      opened[block] = try key.decrypt(answer)
    }
    let totals = try packing.unpack(opened, answering: request)
    #expect(totals.recordCount == 40)
    for measure in [0, 2] {
      #expect(totals.counts[measure] == records.compactMap { $0[measure] }.count)
      #expect(totals.sums[measure] == records.compactMap { $0[measure] }.reduce(0, +))
    }
    #expect(totals.sums[1] == nil)
  }

  @Test func recordsOutsideTheDeclarationAreRefused() throws {
    let packing = try RecordPacking(measures: Self.measures, capacity: 10, modulusBits: 2048)
    #expect(throws: PackingError.valueOutOfRange(name: "paid")) {
      try packing.pack([-2_000_001, 0, 0])
    }
    #expect(throws: PackingError.valueOutOfRange(name: "days")) { try packing.pack([0, 0, 401]) }
    #expect(throws: PackingError.unexpectedNull(name: "deductible")) {
      try packing.pack([0, nil, 0])
    }
    #expect(throws: PackingError.valueCount(found: 2, expected: 3)) { try packing.pack([0, 0]) }
  }

  @Test func declarationsThatDoNotFitAreRefused() throws {
    let large = RecordPacking.Measure(name: "x", range: 0...(1 << 61), isNullable: false)
    _ = try RecordPacking(measures: [large], capacity: 1, modulusBits: 2048)
    #expect(throws: PackingError.sumTooLarge(name: "x")) {
      try RecordPacking(measures: [large], capacity: 2, modulusBits: 2048)
    }
    let all = RecordPacking.Measure(name: "y", range: Int64.min...Int64.max, isNullable: true)
    #expect(throws: PackingError.sumTooLarge(name: "y")) {
      try RecordPacking(measures: [all], capacity: 1, modulusBits: 2048)
    }
    #expect(throws: PackingError.capacity(0)) {
      try RecordPacking(measures: [], capacity: 0, modulusBits: 2048)
    }
    #expect(throws: PackingError.self) {
      try RecordPacking(measures: [large], capacity: 1, modulusBits: 128)
    }
    #expect(throws: PackingError.self) {
      try RecordPacking(measures: [], capacity: 1, modulusBits: 20)
    }
    let empty = try RecordPacking(measures: [], capacity: 5, modulusBits: 64)
    #expect(try empty.pack([]) == [1])
    #expect(
      try empty.unpack([0: 5], answering: PackingRequest(sums: [])).recordCount == 5)
  }

  @Test func impossibleTotalsAreRefused() throws {
    let packing = try RecordPacking(measures: Self.measures, capacity: 10, modulusBits: 2048)
    let request = PackingRequest(sums: [0, 1, 2])
    let good = try packing.pack([5, 5, 5])[0]
    let flag = try #require(packing.fields.first { $0.content == .flag(measure: 0) })
    let value = try #require(packing.fields.first { $0.content == .value(measure: 0) })
    let count = try #require(packing.fields.first { $0.content == .recordCount })
    let bad: [BigInteger] = [
      -1,
      BigInteger(1) << 2047,
      good * 11,  // more records than the capacity
      good + (BigInteger(1) << flag.bitOffset),  // two values in one record
      good + (BigInteger(22_000_000) << value.bitOffset),  // above the largest value of one
      good + (BigInteger(1) << (value.bitOffset + 50)),  // in the guard bits
      good - (BigInteger(1) << count.bitOffset),  // values of no record
    ]
    for (index, sum) in bad.enumerated() {
      #expect(throws: PackingError.impossibleTotal, "\(index)") {
        try packing.unpack([0: sum], answering: request)
      }
    }
    #expect(throws: PackingError.missingBlock(0)) {
      try packing.unpack([:], answering: request)
    }
    for request in [PackingRequest(sums: [3]), PackingRequest(sums: [], counts: [-1])] {
      #expect(throws: PackingError.self) { try packing.unpack([0: good], answering: request) }
    }
  }

  @Test func blocksMustAgreeOnTheirRecords() throws {
    let packing = try RecordPacking(measures: Self.measures, capacity: 10, modulusBits: 300)
    let plaintexts = try packing.pack([5, 5, 5])
    try #require(packing.blockCount == 2)
    #expect(throws: PackingError.impossibleTotal) {
      try packing.unpack(
        [0: plaintexts[0], 1: plaintexts[1] * 2], answering: PackingRequest(sums: [0, 1, 2]))
    }
  }
}

/// Every bit set.
private struct OnesSource: RandomSource {
  mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    for index in buffer.indices { buffer[index] = 0xFF }
  }
}
