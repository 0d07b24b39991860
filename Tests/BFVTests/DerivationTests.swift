import BFV
import Lattice
import Testing

/// Derived parameters hold their workload, are within the security table, and nothing smaller holds
/// it: over random workloads.
@Suite struct DerivationTests {
  private static let degrees = [4096, 8192, 16384, 32768]

  private static func randomWorkload() -> Workload {
    Workload(
      plaintextBound: UInt64(1) << UInt64.random(in: 4...46), depth: .random(in: 0...6),
      additionsPerFactor: 1 << Int.random(in: 0...11), additionsPerLevel: .random(in: 1...8),
      additionsPerTotal: 1 << Int.random(in: 0...14), plaintextProducts: .random(in: 0...1),
      totals: 1 << Int.random(in: 0...12))
  }

  private func admits(_ parameters: EncryptionParameters, _ workload: Workload) -> Bool {
    let model = NoiseModel(parameters)
    return model.admitsTotal(model.deepestTotal(of: workload), level: model.topLevel)
  }

  /// Whether `count` ciphertext primes and a special one, which share `bits` bits evenly, hold the
  /// workload and are secure.
  private func holds(
    _ workload: Workload, degree: Int, count: Int, bits: Int
  ) throws -> Bool {
    let (size, larger) = (bits / (count + 1), bits % (count + 1))
    guard
      let plaintextModulus = try? NTTPrimes.smallest(
        above: workload.plaintextBound, degree: degree), plaintextModulus < 1 << 50,
      let large = try? NTTPrimes.largest(
        count: larger, bits: size + 1, degree: degree, excluding: [plaintextModulus]),
      let small = try? NTTPrimes.largest(
        count: count + 1 - larger, bits: size, degree: degree, excluding: [plaintextModulus])
    else { return false }
    let primes = large + small
    let parameters = try EncryptionParameters.insecureForTesting(
      degree: degree, plaintextModulus: plaintextModulus,
      ciphertextModuli: Array(primes.dropFirst()), specialModulus: primes[0])
    let limit = try #require(SecurityTable.maximumModulusBits(degree: degree))
    return parameters.log2Modulus <= Double(limit) && admits(parameters, workload)
  }

  /// Whether one of `counts` holds it with as many bits as the table and 45 a prime admit, or a few
  /// less, and 20 a prime at least.
  private func anyHolds(_ workload: Workload, degree: Int, counts: Range<Int>) throws -> Bool {
    let limit = try #require(SecurityTable.maximumModulusBits(degree: degree))
    for count in counts {
      let most = min(45 * (count + 1), limit)
      for bits in (most - 2)...most where bits / (count + 1) >= 20 {
        if try holds(workload, degree: degree, count: count, bits: bits) { return true }
      }
    }
    return false
  }

  @Test func nothingSmallerHoldsTheWorkload() throws {
    for _ in 0..<200 { try check(DerivationTests.randomWorkload()) }
  }

  private func check(_ workload: Workload) throws {
    let derived: EncryptionParameters
    do {
      derived = try EncryptionParameters.derive(for: workload)
    } catch ParameterError.noneHolds {
      for degree in DerivationTests.degrees {
        #expect(try !anyHolds(workload, degree: degree, counts: 1..<30), "\(workload)")
      }
      return
    }
    let count = derived.ciphertextModuli.count
    #expect(admits(derived, workload), "\(workload)")
    #expect(derived.plaintextModulus > workload.plaintextBound)
    let limit = try #require(SecurityTable.maximumModulusBits(degree: derived.degree))
    #expect(derived.log2Modulus <= Double(limit))
    #expect(derived.ciphertextModuli.allSatisfy { $0 <= derived.specialModulus })
    #expect(derived.specialModulus < 1 << 45)
    // No smaller ring, no fewer primes, no smaller modulus.
    for degree in DerivationTests.degrees where degree < derived.degree {
      #expect(try !anyHolds(workload, degree: degree, counts: 1..<30), "\(workload)")
    }
    #expect(try !anyHolds(workload, degree: derived.degree, counts: 1..<count), "\(workload)")
    let bits = ([derived.specialModulus] + derived.ciphertextModuli).reduce(0) {
      $0 + UInt64.bitWidth - $1.leadingZeroBitCount
    }
    if (bits - 1) / (count + 1) >= 20 {
      #expect(
        try !holds(workload, degree: derived.degree, count: count, bits: bits - 1), "\(workload)")
    }
  }

  /// Workloads that a caller should not make are no reason to fail.
  @Test func emptyWorkloads() throws {
    let workload = Workload(
      plaintextBound: 0, depth: -1, additionsPerFactor: 0, additionsPerLevel: 0,
      additionsPerTotal: 0, plaintextProducts: -1, totals: 0)
    #expect(try EncryptionParameters.derive(for: workload).degree <= 8192)
  }
}
