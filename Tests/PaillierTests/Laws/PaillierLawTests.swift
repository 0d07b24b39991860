import BigInteger
import Paillier
import SecureMemory
import Testing
import _TestSupport

/// The homomorphic law of Paillier: random circuits over ciphertexts decrypt to what they compute modulo
/// n, in both forms of encryption and by whoever encrypts.
@Suite struct PaillierLawTests {
  /// How a ciphertext comes to be.
  enum Form: CaseIterable {
    case shortExponents, classical, shortExponentsByHolder, classicalByHolder

    var hasShortExponents: Bool { self == .shortExponents || self == .shortExponentsByHolder }

    func encryptor(_ key: PrivateKey) throws -> Encryptor {
      switch self {
      case .shortExponents, .classical: Encryptor(publicKey: key.publicKey)
      case .shortExponentsByHolder, .classicalByHolder: try Encryptor(privateKey: key)
      }
    }
  }

  private func key(_ form: Form) throws -> PrivateKey {
    var source = SeedExpander(seed: [5], domain: "paillier laws")
    while true {
      guard let p = BigInteger.randomPrime(bitCount: 128, using: &source),
        let q = BigInteger.randomPrime(bitCount: 128, using: &source),
        (p - 1).greatestCommonDivisor(with: q - 1) == 2
      else { continue }
      return try PrivateKey(
        insecureForTesting: p, q, supportsShortExponents: form.hasShortExponents)
    }
  }

  @Test(arguments: Form.allCases) func circuitsDecryptToWhatTheyCompute(form: Form) throws {
    let key = try key(form)
    let encryptor = try form.encryptor(key)
    let n = key.publicKey.modulus
    try Property("decrypt(f(encrypt(x))) = f(x) modulo n", runs: 60) { choices in
      PaillierCircuit(&choices, modulus: n, depth: 4)
    } holds: { circuit in
      let ciphertext = try circuit.evaluate(encryptor)
      let value = circuit.value.reduced(modulo: n) ?? 0
      try agree(try key.decrypt(ciphertext), value, "the plaintext")
      // As a signed number it comes back, or is noticed to be too large for one.
      let signed = value > n >> 1 ? value - n : value
      do {
        try agree(try key.decryptSigned(ciphertext), signed, "the signed number")
      } catch PaillierError.overflow {
        try hold(signed.magnitude > key.publicKey.maximumSignedMagnitude, "\(signed) overflows")
      }
    }.check()
  }

  private struct Groups: CustomStringConvertible {
    let plaintexts: [BigInteger]
    let groups: [Int]
    let count: Int
    /// Where the ciphertexts are cut into two sums that are then merged.
    let cut: Int

    init(_ choices: inout Choices, modulus n: BigInteger) {
      count = choices.integer(in: 1...4)
      let count = count
      let members = choices.array(count: 0...12) { choices in
        (choices.plaintext(below: n), choices.pick(count))
      }
      plaintexts = members.map(\.0)
      groups = members.map(\.1)
      cut = choices.integer(in: 0...members.count)
    }

    func sum(_ group: Int, modulus n: BigInteger) -> BigInteger? {
      zip(plaintexts, groups).reduce(BigInteger(0)) { $1.1 == group ? $0 + $1.0 : $0 }
        .reduced(modulo: n)
    }

    var description: String { "\(plaintexts) in groups \(groups) of \(count), cut at \(cut)" }
  }

  @Test(arguments: [Form.shortExponents, .classical])
  func groupedSumsAreTheSums(form: Form) throws {
    let key = try key(form)
    let (encryptor, n) = (try form.encryptor(key), key.publicKey.modulus)
    let evaluator = Evaluator(publicKey: key.publicKey)
    try Property("a group's total is the sum of its members", runs: 40) { choices in
      Groups(&choices, modulus: n)
    } holds: { made in
      let ciphertexts = try encryptor.encrypt(made.plaintexts)
      let expected = (0..<made.count).map { made.sum($0, modulus: n) ?? 0 }
      let totals = try evaluator.sums(
        of: ciphertexts, groups: made.groups, groupCount: made.count)
      try agree(try key.decrypt(totals), expected, "the groups' sums")
      try agree(
        try key.decrypt(evaluator.sum(ciphertexts)),
        expected.reduce(0, +).reduced(modulo: n), "the sum of all")
      // As bytes, by two sums side by side.
      var parts = (0..<2).map { _ in
        GroupedSum(publicKey: key.publicKey, groupCount: made.count)
      }
      for (index, ciphertext) in ciphertexts.enumerated() {
        try parts[index < made.cut ? 0 : 1].add(
          serialized: ciphertext.serialized(for: key.publicKey), to: made.groups[index],
          source: "groups")
      }
      try parts[0].add(parts[1])
      let merged = try (0..<made.count).map { try parts[0].total(of: $0) }
      try agree(try key.decrypt(merged), expected, "the merged sums")
      let sizes = (0..<made.count).map { group in made.groups.count { $0 == group } }
      try agree(parts[0].counts, sizes, "the groups' sizes")
    }.check()
  }

  @Test func decimalsAndEncodedNumbersGoBothWays() throws {
    try Property("decimal text is read as it was written", runs: 1000) { choices in
      (
        choices.signed(below: BigInteger(1) << 200),
        choices.integer(in: DecimalScale.admittedDigits),
        choices.integer(in: -40...40)
      )
    } holds: { number, digits, exponent in
      let scale = try DecimalScale(digits: digits)
      try agree(try scale.integer(of: scale.text(of: number)), number, "units")
      // A binary fraction with as many digits as decimal text may have.
      let encoded = try EncodedNumber(mantissa: number, exponent: max(exponent, -9))
      let read = try EncodedNumber(exactly: encoded.decimal)
      try agree(read.decimal, encoded.decimal, "the text of an encoded number")
      try agree(
        read.mantissa << (4 * (read.exponent + 40)),
        encoded.mantissa << (4 * (encoded.exponent + 40)), "its value")
    }.check()
  }
}
