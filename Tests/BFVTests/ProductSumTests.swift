import BFV
import Lattice
import Testing

/// Sums of products: exact, however many they are and however they are gathered.
@Suite struct ProductSumTests {
  /// A ring that holds 2^17 products, a few operands with slots all over the range of t, and the
  /// plaintexts of their products as single multiplications give them.
  struct Products {
    let scheme: SmallScheme
    let left: [ExtendedCiphertext]
    let right: [ExtendedCiphertext]
    /// The slots of left[i] · right[j].
    let single: [[[UInt64]]]

    var modulus: Modulus { scheme.context.plaintextPlan.modulus }
    var level: Int { scheme.context.topLevel }

    init() throws {
      let scheme = try SmallScheme(
        degree: 256, depth: 1, bound: 1 << 32, additionsPerTotal: 1 << 17)
      let limit = Int64(scheme.context.parameters.plaintextModulus / 2)
      let factors = try (0..<7).map { _ in
        try scheme.encrypt((0..<scheme.context.slotCount).map { _ in .random(in: -limit...limit) })
      }
      left = try factors[..<3].map { try scheme.evaluator.extend($0) }
      right = try factors[3...].map { try scheme.evaluator.extend($0) }
      let modulus = scheme.context.plaintextPlan.modulus
      single = try factors[..<3].map { a in
        try factors[3...].map { b in
          try scheme.decrypt(scheme.evaluator.multiply(a, b)).map { modulus.reduce($0) }
        }
      }
      self.scheme = scheme
    }

    /// Adds the products of `terms` and gives the slots that their sum must have.
    func accumulate(
      _ terms: Range<Int>, weight: Int64 = 1, into accumulator: inout ProductAccumulator,
      expecting slots: inout [UInt64]
    ) throws {
      var counts = left.map { _ in right.map { _ in Int64(0) } }
      for term in terms {
        // A sequence without a period that the folds' could match.
        let (i, j) = (term &* 7 / 3 % left.count, term &* 13 / 5 % right.count)
        try accumulator.accumulate(left[i], right[j])
        counts[i][j] += 1
      }
      for (i, row) in counts.enumerated() {
        for (j, count) in row.enumerated() {
          let factor = modulus.reduce(count * weight)
          for slot in slots.indices {
            slots[slot] = modulus.add(slots[slot], modulus.multiply(factor, single[i][j][slot]))
          }
        }
      }
    }

    func slots(of ciphertext: Ciphertext) throws -> [UInt64] {
      try scheme.decrypt(ciphertext).map { modulus.reduce($0) }
    }

    var zeros: [UInt64] { Array(repeating: 0, count: scheme.context.slotCount) }
  }

  @Test func hundredThousandProductsAreExact() throws {
    let products = try Products()
    var accumulator = try products.scheme.evaluator.makeProductAccumulator(level: products.level)
    var expected = products.zeros
    try products.accumulate(0..<100_000, into: &accumulator, expecting: &expected)
    #expect(accumulator.termCount == 100_000)
    let sum = try accumulator.finish(relinearizingWith: products.scheme.relinearizationKey)
    #expect(try products.slots(of: sum) == expected)
    // The noise, too, is below the sum of the single products'.
    let model = products.scheme.context.noiseModel
    let bound =
      model.product(model.fresh, model.fresh, level: products.level).times(100_000)
      + model.keySwitch(level: products.level)
    #expect(model.decrypts(bound, level: products.level))
    #expect(try products.scheme.decryptor.measuredNoise(of: sum) < bound.log2)
  }

  /// Around the count at which words are folded, and in parts that are scaled one by one.
  @Test(arguments: [1, 2, 3, 1000, 1 << 20])
  func foldsAndPartsDoNotShow(termsPerScaling: Int) throws {
    let products = try Products()
    for count in [1, 2, 3, 1023, 1024, 1025, 2049] where count <= 100 * termsPerScaling {
      var accumulator = try products.scheme.evaluator.makeProductAccumulator(
        level: products.level, termsPerScaling: termsPerScaling)
      var expected = products.zeros
      try products.accumulate(0..<count, into: &accumulator, expecting: &expected)
      let sum = try accumulator.finishThreeParts()
      #expect(sum.partCount == 3)
      #expect(try products.slots(of: sum) == expected, "\(count) terms")
    }
  }

  @Test(arguments: [5, 1 << 20])
  func mergedAndWeightedSumsAreExact(termsPerScaling: Int) throws {
    let products = try Products()
    let evaluator = products.scheme.evaluator
    func make() throws -> ProductAccumulator {
      try evaluator.makeProductAccumulator(level: products.level, termsPerScaling: termsPerScaling)
    }
    var expected = products.zeros
    // (20 terms) · −3, beside (7 terms) · 1000, then everything · 2 and four terms more.
    var first = try make()
    try products.accumulate(0..<20, weight: -6, into: &first, expecting: &expected)
    try first.multiply(by: -3)
    var second = try make()
    try products.accumulate(20..<27, weight: 2000, into: &second, expecting: &expected)
    try second.multiply(by: 1000)
    try first.merge(second)
    try first.merge(make())
    try first.multiply(by: 2)
    try products.accumulate(27..<31, into: &first, expecting: &expected)
    #expect(first.termCount == 31)
    // A copy goes its own way.
    var copy = first
    try copy.merge(first)
    let sum = try first.finish(relinearizingWith: products.scheme.relinearizationKey)
    #expect(try products.slots(of: sum) == expected)
    let twice = try copy.finish(relinearizingWith: products.scheme.relinearizationKey)
    #expect(
      try products.slots(of: twice) == expected.map { products.modulus.add($0, $0) })
    #expect(copy.termCount == 62)
  }

  @Test(arguments: [1, 1 << 20])
  func extremeWeights(termsPerScaling: Int) throws {
    let products = try Products()
    for weight in [0, 1, -1] {
      var accumulator = try products.scheme.evaluator.makeProductAccumulator(
        level: products.level, termsPerScaling: termsPerScaling)
      var expected = products.zeros
      try products.accumulate(
        0..<3, weight: Int64(weight), into: &accumulator, expecting: &expected)
      try accumulator.multiply(by: Int64(weight))
      let sum = try accumulator.finish(relinearizingWith: products.scheme.relinearizationKey)
      #expect(try products.slots(of: sum) == expected, "weight \(weight)")
    }
    // The largest weights are beyond the noise; they are taken without harm.
    for weight in [Int64.min, Int64.max] {
      var accumulator = try products.scheme.evaluator.makeProductAccumulator(level: products.level)
      try accumulator.accumulate(products.left[0], products.right[0])
      try accumulator.multiply(by: weight)
      #expect(try accumulator.finishThreeParts().partCount == 3)
    }
  }

  @Test func ciphertextsAndExtendedOnesGiveTheSame() throws {
    let scheme = try SmallScheme(depth: 1)
    let level = scheme.context.topLevel
    let factors = try (0..<6).map { _ in try scheme.encrypt(scheme.randomValues(below: 1 << 12)) }
    var plain = try scheme.evaluator.makeProductAccumulator(level: level)
    var extended = try scheme.evaluator.makeProductAccumulator(level: level)
    for (a, b) in zip(factors, factors.dropFirst()) {
      try plain.accumulate(a, b)
      try extended.accumulate(scheme.evaluator.extend(a), scheme.evaluator.extend(b))
    }
    let (one, other) = (try plain.finishThreeParts(), try extended.finishThreeParts())
    #expect(zip(one.parts, other.parts).allSatisfy { $0.residues == $1.residues })
    // A single product is the accumulator's bit for bit.
    var single = try scheme.evaluator.makeProductAccumulator(level: level)
    try single.accumulate(factors[0], factors[1])
    let product = try scheme.evaluator.multiply(factors[0], factors[1])
    let accumulated = try single.finishThreeParts()
    #expect(zip(product.parts, accumulated.parts).allSatisfy { $0.residues == $1.residues })
  }

  @Test func lowerLevelsTakeSumsToo() throws {
    let scheme = try SmallScheme(depth: 2)
    let level = scheme.context.topLevel - 1
    let values = scheme.randomValues(below: 1000)
    let ciphertext = try scheme.evaluator.switchModulus(scheme.encrypt(values), to: level)
    var accumulator = try scheme.evaluator.makeProductAccumulator(level: level)
    for _ in 0..<5 { try accumulator.accumulate(ciphertext, ciphertext) }
    let sum = try accumulator.finish(relinearizingWith: scheme.relinearizationKey)
    #expect(sum.level == level)
    #expect(try scheme.decrypt(sum) == values.map { 5 * $0 * $0 })
  }

  @Test func finishedAccumulatorsTakeNothingMore() throws {
    let scheme = try SmallScheme(depth: 1)
    let ciphertext = try scheme.encrypt([1, 2, 3])
    let extended = try scheme.evaluator.extend(ciphertext)
    let level = scheme.context.topLevel
    var finished = try scheme.evaluator.makeProductAccumulator(level: level)
    try finished.accumulate(ciphertext, ciphertext)
    _ = try finished.finishThreeParts()
    #expect(throws: EvaluationError.accumulatorFinished) {
      try finished.accumulate(ciphertext, ciphertext)
    }
    #expect(throws: EvaluationError.accumulatorFinished) {
      try finished.accumulate(extended, extended)
    }
    #expect(throws: EvaluationError.accumulatorFinished) { try finished.multiply(by: 2) }
    #expect(throws: EvaluationError.accumulatorFinished) { try finished.finishThreeParts() }
    #expect(throws: EvaluationError.accumulatorFinished) {
      try finished.finish(relinearizingWith: scheme.relinearizationKey)
    }
    var other = try scheme.evaluator.makeProductAccumulator(level: level)
    #expect(throws: EvaluationError.accumulatorFinished) { try other.merge(finished) }
    #expect(throws: EvaluationError.accumulatorFinished) { try finished.merge(other) }
    // The one that refused the other goes on.
    try other.accumulate(ciphertext, ciphertext)
    let square = try other.finish(relinearizingWith: scheme.relinearizationKey)
    #expect(try Array(scheme.decrypt(square)[..<3]) == [1, 4, 9])
  }
}
