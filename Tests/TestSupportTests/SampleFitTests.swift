import Testing
import _TestSupport

/// The statistics against figures of tables, and that they tell distributions apart that hardly differ.
@Suite struct SampleFitTests {
  private static let count = 200_000

  @Test func tailsAreThoseOfTheTables() {
    // Abramowitz and Stegun, tables 26.1, 26.7 and 26.8; a tail on both sides counts twice.
    #expect(abs(TailProbability.normal(1.959963985) - 0.05) < 1e-8)
    #expect(abs(TailProbability.normal(-4.891638475) - 1e-6) < 1e-13)
    #expect(abs(TailProbability.chiSquare(3.841458821, degreesOfFreedom: 1) - 0.1) < 1e-8)
    #expect(abs(TailProbability.chiSquare(18.30703805, degreesOfFreedom: 10) - 0.1) < 1e-8)
    #expect(abs(TailProbability.chiSquare(124.3421134, degreesOfFreedom: 100) - 0.1) < 1e-8)
    #expect(abs(TailProbability.chiSquare(3.940299136, degreesOfFreedom: 10) - 0.1) < 1e-8)
    // 1 − e^−2 · (1 + 2 + 2 + 4/3 + 2/3) and e^−10.
    #expect(abs(TailProbability.poisson(5, mean: 2) - 2 * 0.052653017343711) < 1e-12)
    #expect(abs(TailProbability.poisson(0, mean: 10) - 2 * 4.539992976e-5) < 1e-12)
  }

  @Test func distributionsHaveTheirMoments() {
    let die = DiscreteDistribution.uniform(1...6)
    #expect(abs(die.mean - 3.5) < 1e-12 && abs(die.variance - 35.0 / 12) < 1e-12)
    let binomial = DiscreteDistribution.centredBinomial(21)
    #expect(abs(binomial.mean) < 1e-12 && abs(binomial.variance - 10.5) < 1e-12)
    // The fourth moment of 2k coins of ±1/2: 3σ⁴ − σ²/2.
    #expect(abs(binomial.centralMoment(4) - (3 * 10.5 * 10.5 - 5.25)) < 1e-9)
    let ratio = 0.8824969025845955  // e^−1/8
    let laplace = DiscreteDistribution.laplace(scale: 8)
    #expect(abs(laplace.variance - 2 * ratio / ((1 - ratio) * (1 - ratio))) < 1e-9)
  }

  /// Numbers of one distribution by inversion.
  private func sample(_ distribution: DiscreteDistribution, seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    var cumulated: [Double] = []
    for chance in distribution.chances { cumulated.append((cumulated.last ?? 0) + chance) }
    return (0..<SampleFitTests.count).map { _ in
      let point = Double(generator.next() >> 11) / 0x1p53
      let index = cumulated.firstIndex { point < $0 } ?? cumulated.count - 1
      return distribution.range.lowerBound + index
    }
  }

  private static let distributions: [DiscreteDistribution] = [
    .uniform(-1...1), .uniform(0...1), .uniform(0...96), .centredBinomial(21), .laplace(scale: 3),
    .gaussian(variance: 20),
  ]

  @Test func numbersOfTheDistributionFit() {
    for (index, distribution) in SampleFitTests.distributions.enumerated() {
      let fit = SampleFit(sample(distribution, seed: UInt64(index)), distribution)
      #expect(fit.rejections.isEmpty, "\(fit)")
    }
  }

  @Test func numbersOfAnotherDistributionDoNot() {
    let pairs: [(DiscreteDistribution, DiscreteDistribution)] = [
      // Of almost the same shape: one coin fewer, a heavier end, a scale 2 percent off.
      (.centredBinomial(20), .centredBinomial(21)), (.uniform(0...95), .uniform(0...96)),
      (.uniform(0...97), .uniform(0...96)),
      (DiscreteDistribution(0...96) { $0 < 48 ? 1.03 : 1 }, .uniform(0...96)),
      (.laplace(scale: 3.06), .laplace(scale: 3)),
      (.gaussian(variance: 20.8), .gaussian(variance: 20)),
      (DiscreteDistribution(0...1) { $0 == 0 ? 1.03 : 1 }, .uniform(0...1)),
    ]
    for (index, (made, claimed)) in pairs.enumerated() {
      let fit = SampleFit(sample(made, seed: UInt64(index)), claimed)
      #expect(!fit.rejections.isEmpty, "\(index): \(fit)")
    }
  }

  @Test func numbersThatDependOnEarlierOnesDoNot() {
    let distribution = DiscreteDistribution.centredBinomial(21)
    for lag in [1, 5, 64] {
      var numbers = sample(distribution, seed: 3)
      // One in fifty once more: every number alone has the right distribution.
      for index in stride(from: lag, to: numbers.count, by: 50) {
        numbers[index] = numbers[index - lag]
      }
      let fit = SampleFit(numbers, distribution)
      #expect(fit.rejections.contains { $0.contains("lag \(lag):") }, "\(fit)")
    }
  }

  @Test func uniformWordsFitAndBiasedOnesDoNot() {
    var generator = SeededGenerator(seed: 9)
    for bound: UInt64 in [97, 12289, 1 << 40, (1 << 60) + 33, UInt64.max] {
      let words = (0..<SampleFitTests.count).map { _ in generator.uniform(upTo: bound - 1) }
      let fit = SampleFit(uniform: words, below: bound)
      #expect(fit.rejections.isEmpty, "\(bound): \(fit.rejections)")
      let others = words.map { $0 | ($0 % 50 == 7 ? 2 : 0) }
      #expect(!SampleFit(uniform: others, below: bound).rejections.isEmpty, "\(bound)")
      #expect(!SampleFit(uniform: words + [bound], below: bound).rejections.isEmpty, "\(bound)")
    }
    // A remainder of 13 bits in the place of rejection.
    let remainders = (0..<SampleFitTests.count).map { _ in generator.next() % (1 << 14) % 12289 }
    #expect(!SampleFit(uniform: remainders, below: 12289).rejections.isEmpty)
  }

  @Test func fairCoinsFitAndOthersDoNot() {
    var generator = SeededGenerator(seed: 10)
    let rows = (0..<2000).map { _ in (0..<300).map { _ in generator.next() >> 63 == 1 } }
    #expect(SampleFit(bits: rows).rejections.isEmpty)
    func changed(_ change: (inout [Bool], Int) -> Void) -> SampleFit {
      var rows = rows
      for index in rows.indices { change(&rows[index], index) }
      return SampleFit(bits: rows)
    }
    #expect(!changed { row, _ in row[299] = true }.rejections.isEmpty)
    #expect(!changed { row, index in if index % 5 == 0 { row[7] = false } }.rejections.isEmpty)
    #expect(!changed { row, _ in row[100] = row[99] }.rejections.isEmpty)
    #expect(
      !changed { row, _ in for column in 150..<300 { row[column] = row[0] } }.rejections.isEmpty)
  }
}
