import BFV
import Foundation
import Testing

/// The model's arithmetic; `NoiseStudyTests` holds it against measured noise.
@Suite struct NoiseModelTests {
  private func models() throws -> [(NamedParameters, EncryptionParameters, NoiseModel)] {
    try NamedParameters.allCases.map {
      let parameters = try EncryptionParameters.named($0)
      return ($0, parameters, NoiseModel(parameters))
    }
  }

  @Test func boundsAddLinearly() throws {
    let fresh = NoiseModel(try .named(.n4096)).fresh
    #expect(abs((fresh + fresh).log2 - (fresh.log2 + 1)) < 1e-12)
    #expect(fresh.times(1000).log2 == fresh.log2 + log2(1000.0))
    // A thousand additions are a product with a thousand: no root is taken of anything.
    var sum = fresh
    for _ in 1..<1000 { sum = sum + fresh }
    #expect(abs(sum.log2 - fresh.times(1000).log2) < 1e-9)
    #expect(fresh.times(-3) == fresh.times(3))
    let none = fresh.times(0)
    #expect(none.log2 == -.infinity)
    #expect(none + fresh == fresh && fresh + none == fresh && (none + none).log2 == -.infinity)
    #expect(none.times(.infinity) == none)
    for unbounded in [fresh.times(.infinity), fresh.times(.nan)] {
      #expect(unbounded.log2 == .infinity)
      #expect(unbounded + fresh == unbounded && fresh + unbounded == unbounded)
      #expect(unbounded + unbounded == unbounded)
    }
  }

  @Test func whatIsUnboundedDoesNotDecrypt() throws {
    for (name, _, model) in try models() {
      let (none, unbounded) = (model.fresh.times(0), model.fresh.times(.infinity))
      let level = model.topLevel
      #expect(model.decrypts(model.fresh, level: level), "\(name)")
      for noise in [
        unbounded, model.product(unbounded, none, level: level),
        model.product(none, unbounded, level: level), model.packing(unbounded, level: level),
        model.modulusSwitch(unbounded, from: level, to: 1), model.flooded(unbounded, totals: 1),
      ] {
        #expect(!model.decrypts(noise, level: level), "\(name)")
        #expect(!model.admitsTotal(noise, level: level), "\(name)")
      }
      // No level, no modulus.
      for level in [0, -1, Int.min] {
        #expect(!model.decrypts(model.fresh, level: level))
        #expect(model.keySwitch(level: level).log2.isFinite)
      }
    }
  }

  /// The chance of every bound on a random polynomial, as the model's description has it.
  @Test func tailLeavesTheStatedProbability() {
    let squared: Double = 78
    let log2Probability = log2(M_E * squared) - squared / log(2)
    #expect(log2Probability < -104)
    // Over 2^25 polynomials of degree 2^15.
    #expect(log2Probability + 40 < -64)
    // Four of 2^15 coefficients within 64 · 2^-49 of either border.
    let pairs = 15 + 6.0 - 48
    #expect(4 * pairs - log2(24.0) < -112)
  }

  /// Flooding: the statistical distance over all totals of an answer is at most 2^-40, whatever the
  /// noise and the number of totals are.
  @Test func floodingLeavesTheStatedDistance() throws {
    for (_, _, model) in try models() {
      for totals in [1, 2, 3, 100, 4096, 1 << 20] {
        for bits in stride(from: 0.0, to: 300, by: 0.37) {
          let noise = model.fresh.times(exp2(bits))
          let flooding = model.floodingBits(over: noise, totals: totals)
          // Two noises within ±E shift a uniform choice among 2B values by 2E at most.
          let log2Distance = 1 + noise.log2 - 1 - Double(flooding) + log2(Double(totals))
          #expect(log2Distance <= -40)
          #expect(log2Distance > -41.01)
          #expect(model.flooded(noise, totals: totals).log2 >= Double(flooding))
        }
      }
    }
  }

  /// A total that is admitted passes the custodian's check of the margin, which is 2^-9 of Q.
  @Test func admittedTotalsPassTheMargin() throws {
    for (_, parameters, model) in try models() {
      for level in 1...model.topLevel {
        let modulus = parameters.ciphertextModuli.prefix(level).reduce(0) { $0 + log2(Double($1)) }
        let largest = model.largestTotal(level: level).log2
        #expect(largest + log2(Double(parameters.plaintextModulus)) - modulus < -9)
        #expect(largest + log2(Double(parameters.plaintextModulus)) - modulus > -9.001)
      }
    }
  }

  @Test func boundsGrowAsTheirOperandsDo() throws {
    for (_, _, model) in try models() {
      let level = model.topLevel
      let (small, large) = (model.fresh, model.fresh.times(1000))
      #expect(model.freshSymmetric < model.fresh)
      #expect(model.product(small, small, level: level) < model.product(small, large, level: level))
      #expect(
        model.product(small, large, level: level) == model.product(large, small, level: level))
      #expect(model.multiplyingPlaintext(small) < model.multiplyingPlaintext(large))
      #expect(small < model.addingPlaintext(small))
      #expect(model.slotSum(small, blockSize: 1, level: level) == small)
      #expect(
        model.slotMean(large, level: level)
          < model.slotSum(
            large, blockSize: 4096, level: level))
      #expect(model.modulusSwitch(large, from: level, to: level) == large)
      if level > 1 {
        let switched = model.modulusSwitch(small, from: level, to: 1)
        #expect(switched < model.modulusSwitch(small, from: level, to: 1, parts: 3))
        #expect(model.keySwitch(level: 1) < model.keySwitch(level: level))
      }
    }
  }

  /// A ciphertext travels with as few primes as still decrypt it, fewer than it was made with.
  @Test func theSmallestLevelDecrypts() throws {
    let scheme = try SmallScheme()
    let model = scheme.context.noiseModel
    let top = scheme.context.topLevel
    let level = model.smallestLevel(holding: model.fresh, from: top)
    #expect(level < top)
    #expect(model.smallestLevel(holding: NoiseBound(log2: 5000), from: top) == top)
    let values = scheme.randomValues(below: 1000)
    let switched = try scheme.evaluator.switchModulus(scheme.encrypt(values), to: level)
    #expect(switched.level == level)
    #expect(try scheme.decrypt(switched) == values)
  }
}
