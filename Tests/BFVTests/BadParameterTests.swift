import BFV
import Lattice
import Testing
import Wire

/// Parameters that must be refused, with the error that says why.
@Suite struct BadParameterTests {
  private static let degree = 1024

  /// Good numbers to spoil one by one: t, two primes and the special one.
  private struct Numbers {
    var degree = BadParameterTests.degree
    var plaintextModulus: UInt64
    var moduli: [UInt64]
    var special: UInt64

    init() throws {
      plaintextModulus = try NTTPrimes.largest(count: 1, bits: 20, degree: degree)[0]
      let primes = try NTTPrimes.largest(count: 3, bits: 40, degree: degree)
      moduli = Array(primes[1...])
      special = primes[0]
    }

    func make() throws(ParameterError) -> EncryptionParameters {
      try .insecureForTesting(
        degree: degree, plaintextModulus: plaintextModulus, ciphertextModuli: moduli,
        specialModulus: special)
    }
  }

  private func expect(
    _ error: ParameterError, _ spoil: (inout Numbers) -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var numbers = try Numbers()
    _ = try numbers.make()
    spoil(&numbers)
    #expect(throws: error, sourceLocation: sourceLocation) { try numbers.make() }
  }

  @Test(arguments: [-8, 0, 1, 4, 12, 1000, 1023, 65536, Int.max])
  func degrees(degree: Int) throws {
    try expect(.unsupportedDegree(degree)) { $0.degree = degree }
  }

  @Test func primesOnlyThatBatch() throws {
    let step = UInt64(2 * BadParameterTests.degree)
    let good = try Numbers()
    // 1 modulo 2N and composite; prime and not 1 modulo 2N; even; zero; one; too large.
    let composite = try #require(
      (1...).lazy.map { good.moduli[0] - $0 * step }.first { !NTTPrimes.isPrime($0) })
    let otherPrime = try #require(
      (1...).lazy.map { good.moduli[0] - 2 * $0 }.first {
        $0 % step != 1 && NTTPrimes.isPrime($0)
      })
    let tooLarge = try NTTPrimes.largest(count: 1, bits: 61, degree: BadParameterTests.degree)[0]
    let degree = BadParameterTests.degree
    for bad in [composite, otherPrime, good.moduli[0] - 1, 0, 1, tooLarge, UInt64.max] {
      try expect(.unsuitableCiphertextModulus(bad, degree: degree)) { $0.moduli[1] = bad }
      try expect(.unsuitableCiphertextModulus(bad, degree: degree)) { $0.special = bad }
      try expect(.unsuitablePlaintextModulus(bad, degree: degree)) { $0.plaintextModulus = bad }
    }
    let largePlaintext = try NTTPrimes.largest(count: 1, bits: 51, degree: degree)[0]
    try expect(.unsuitablePlaintextModulus(largePlaintext, degree: degree)) {
      $0.plaintextModulus = largePlaintext
    }
  }

  @Test func repetitionsAndOrder() throws {
    let good = try Numbers()
    try expect(.repeatedModulus(good.moduli[0])) { $0.moduli[1] = $0.moduli[0] }
    try expect(.repeatedModulus(good.moduli[0])) { $0.special = $0.moduli[0] }
    try expect(.repeatedModulus(good.plaintextModulus)) { $0.moduli[1] = $0.plaintextModulus }
    try expect(.specialModulusTooSmall(good.moduli[1])) {
      ($0.special, $0.moduli[1]) = ($0.moduli[1], $0.special)
    }
  }

  @Test func counts() throws {
    try expect(.unsupportedModulusCount(0)) { $0.moduli = [] }
    let many = try NTTPrimes.largest(count: 42, bits: 40, degree: BadParameterTests.degree)
    try expect(.unsupportedModulusCount(41)) {
      $0.moduli = Array(many[1...])
      $0.special = many[0]
    }
    // Forty are possible, and more than one word of the extension's count.
    var numbers = try Numbers()
    numbers.moduli = Array(many[1...40])
    numbers.special = many[0]
    #expect(try numbers.make().ciphertextModuli.count == 40)
  }

  /// From bytes, as another party would send them: the security table applies.
  @Test func outsideTheSecurityTable() throws {
    func read(_ numbers: Numbers) throws -> EncryptionParameters {
      var writer = BoundedWriter()
      writer.append(UInt32(numbers.degree))
      writer.append(numbers.plaintextModulus)
      writer.append(UInt32(numbers.moduli.count))
      for modulus in numbers.moduli { writer.append(modulus) }
      writer.append(numbers.special)
      writer.append(UInt8(0))
      var reader = BoundedReader(writer.bytes[...], source: "parameters")
      return try EncryptionParameters(from: &reader, allowsTesting: true)
    }
    for (degree, limit) in [(1024, 26), (2048, 53), (4096, 106), (8192, 214), (16384, 430)] {
      #expect(SecurityTable.maximumModulusBits(degree: degree) == limit)
      var numbers = try Numbers()
      numbers.degree = degree
      numbers.plaintextModulus = try NTTPrimes.largest(count: 1, bits: 20, degree: degree)[0]
      let count = limit / 40 + 1
      let primes = try NTTPrimes.largest(count: count, bits: 40, degree: degree)
      numbers.special = primes[0]
      numbers.moduli = count > 1 ? Array(primes[1...]) : primes
      do {
        _ = try read(numbers)
        Issue.record("\(40 * count) bits were taken at degree \(degree)")
      } catch ParameterError.insecure(let found, let bits, let allowed) {
        #expect(found == degree && allowed == limit && bits > Double(limit))
      } catch ParameterError.repeatedModulus where count == 1 {
        // One prime alone is above the limit: there is no second to make a set of.
      }
    }
    // Degrees that are for tests only.
    var small = try Numbers()
    small.degree = 512
    #expect(throws: ParameterError.unsupportedDegree(512)) { try read(small) }
  }

  @Test func latticeNumbers() throws {
    #expect(throws: LatticeError.modulusOutOfRange(1)) { try Modulus(1) }
    #expect(throws: LatticeError.modulusOutOfRange(1 << 61)) { try Modulus(1 << 61) }
    let prime = try Modulus(NTTPrimes.largest(count: 1, bits: 30, degree: 16)[0])
    #expect(throws: LatticeError.unsupportedDegree(4)) { try NTTPlan(degree: 4, modulus: prime) }
    let even = try Modulus(1 << 20)
    #expect(throws: LatticeError.notAnNTTPrime(modulus: 1 << 20, degree: 16)) {
      try NTTPlan(degree: 16, modulus: even)
    }
    let plan = try NTTPlan(degree: 16, modulus: prime)
    #expect(throws: LatticeError.repeatedModulus(prime.value)) {
      try RNSBasis(plans: [plan, plan])
    }
    #expect(throws: LatticeError.tooFewPrimes(bits: 17, degree: 32768, wanted: 5)) {
      try NTTPrimes.largest(count: 5, bits: 17, degree: 32768)
    }
  }

  @Test func workloadsThatNothingHolds() throws {
    for (bound, depth) in [(UInt64(1) << 45, 30), (1 << 50, 0), (1 << 63, 0), (.max, 0)] {
      let workload = Workload(
        plaintextBound: bound, depth: depth, additionsPerFactor: 1, additionsPerLevel: 1,
        additionsPerTotal: 1, plaintextProducts: 0, totals: 1)
      #expect(
        throws: ParameterError.noneHolds(
          depth: depth, plaintextBits: 64 - bound.leadingZeroBitCount)
      ) { try EncryptionParameters.derive(for: workload) }
    }
  }
}
