import BigInteger
import Paillier
import SecureMemory
import Testing

@Suite struct SchemeTests {
  let key: PrivateKey
  let encryptor: Encryptor
  let evaluator: Evaluator

  init() throws {
    var source = SeedExpander(seed: [1], domain: "paillier key")
    key = try PrivateKey.generateInsecureForTesting(bitCount: 512, using: &source)
    encryptor = Encryptor(publicKey: key.publicKey)
    evaluator = Evaluator(publicKey: key.publicKey)
  }

  @Test func everyPlaintextComesBack() throws {
    let n = key.publicKey.modulus
    for plaintext in [0, 1, n - 1, n >> 1, (n >> 1) + 1] {
      #expect(try key.decrypt(encryptor.encrypt(plaintext)) == plaintext)
    }
    let largest = try third(of: n) - 1
    for value in [BigInteger(0), -1, 1, largest, -largest, BigInteger(Int64.min)] {
      #expect(try key.decryptSigned(encryptor.encrypt(signed: value)) == value)
    }
  }

  @Test func plaintextsOutOfRangeAreRefused() throws {
    let n = key.publicKey.modulus
    for plaintext in [-1, n, n + 1, n * n] {
      #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) {
        try encryptor.encrypt(plaintext)
      }
      #expect(throws: PaillierError.plaintextOutOfRange(index: 2)) {
        try encryptor.encrypt([0, 1, plaintext])
      }
      let ciphertext = try encryptor.encrypt(3)
      #expect(throws: PaillierError.self) { try evaluator.add(ciphertext, plaintext: plaintext) }
      #expect(throws: PaillierError.self) { try evaluator.multiply(ciphertext, by: plaintext) }
    }
    let third = try third(of: n)
    for value in [third, -third, n >> 1, n, -n] {
      #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) {
        try encryptor.encrypt(signed: value)
      }
    }
    #expect(throws: PaillierError.self) {
      try evaluator.multiply(encryptor.encrypt(3), variableTime: -n)
    }
  }

  /// Too large a sum is an error and never a number of the other sign.
  @Test func theMiddleThirdIsAnOverflow() throws {
    let n = key.publicKey.modulus
    let third = try third(of: n)
    for plaintext in [third, n >> 1, n - third] {
      let ciphertext = try encryptor.encrypt(plaintext)
      #expect(throws: PaillierError.overflow) { try key.decryptSigned(ciphertext) }
      #expect(throws: PaillierError.overflow) { try key.publicKey.signed(plaintext) }
      #expect(try key.decrypt(ciphertext) == plaintext)
    }
    #expect(try key.publicKey.signed(third - 1) == third - 1)
    #expect(try key.publicKey.signed(n - third + 1) == 1 - third)
    for outside in [-1, n] {
      #expect(throws: PaillierError.plaintextOutOfRange(index: 0)) {
        try key.publicKey.signed(outside)
      }
    }
    let largest = try encryptor.encrypt(signed: third - 1)
    let smallest = try encryptor.encrypt(signed: 1 - third)
    for sum in [
      try evaluator.add(largest, largest), try evaluator.add(smallest, smallest),
      try evaluator.multiply(largest, variableTime: -2),
    ] {
      #expect(throws: PaillierError.overflow) { try key.decryptSigned(sum) }
    }
  }

  private func third(of n: BigInteger) throws -> BigInteger {
    try #require(n.quotientAndRemainder(dividingBy: 3)).quotient
  }

  @Test func batchesKeepTheirOrder() throws {
    let plaintexts = (0..<100).map { BigInteger($0) }
    let ciphertexts = try encryptor.encrypt(plaintexts)
    #expect(try ciphertexts.map { try key.decrypt($0) } == plaintexts)
    #expect(Set(ciphertexts).count == 100)
    #expect(try encryptor.encrypt([]).isEmpty)
  }

  @Test func theClassicalFormServesOtherKeys() throws {
    let classical = try PublicKey(
      insecureForTesting: key.publicKey.modulus, supportsShortExponents: false)
    #expect(classical.fingerprint != key.publicKey.fingerprint)
    let encryptor = Encryptor(publicKey: classical)
    let ciphertexts = try encryptor.encrypt((0..<20).map { BigInteger($0) })
    #expect(Set(ciphertexts).count == 20)
    for (plaintext, ciphertext) in ciphertexts.enumerated() {
      // The same modulus, so the key decrypts once the ciphertext is read as its own.
      let own = try Ciphertext(
        serialized: ciphertext.serialized(for: classical), key: key.publicKey, source: "test")
      #expect(try key.decrypt(own) == BigInteger(plaintext))
    }
  }

  @Test func operationsFollowThePlaintexts() throws {
    let (a, b) = (BigInteger(123_456), BigInteger(-987_654_321))
    let (ca, cb) = (try encryptor.encrypt(signed: a), try encryptor.encrypt(signed: b))
    #expect(try key.decryptSigned(evaluator.add(ca, cb)) == a + b)
    #expect(try key.decryptSigned(evaluator.subtract(ca, cb)) == a - b)
    #expect(try key.decryptSigned(evaluator.negate(cb)) == -b)
    #expect(try key.decryptSigned(evaluator.add(cb, plaintext: 21)) == b + 21)
    #expect(try key.decryptSigned(evaluator.multiply(cb, by: 21)) == b * 21)
    #expect(try key.decryptSigned(evaluator.multiply(cb, variableTime: -21)) == b * -21)
    #expect(try key.decryptSigned(evaluator.multiply(cb, variableTime: 1)) == b)
    let minusOne = key.publicKey.modulus - 1
    #expect(try key.decryptSigned(evaluator.multiply(cb, by: minusOne)) == -b)
    #expect(try evaluator.multiply(cb, by: 1) == cb)
  }

  @Test func rerandomizingChangesTheCiphertextOnly() throws {
    let ciphertext = try encryptor.encrypt(42)
    let fresh = try evaluator.rerandomize(ciphertext)
    #expect(fresh != ciphertext)
    #expect(try evaluator.rerandomize(ciphertext) != fresh)
    #expect(try key.decrypt(fresh) == 42)
  }

  /// The ciphertext 1 would tell anybody that the plaintext is 0.
  @Test func zerosAreNeverTrivial() throws {
    let ciphertext = try encryptor.encrypt(42)
    let zeros = [
      evaluator.zero(),
      try evaluator.sum([]),
      try evaluator.multiply(ciphertext, by: 0),
      try evaluator.multiply(ciphertext, variableTime: 0),
      try evaluator.subtract(ciphertext, ciphertext),
      try CiphertextSum(publicKey: key.publicKey).total(),
    ]
    for zero in zeros {
      #expect(try key.decrypt(zero).isZero)
      #expect(try zero.serialized(for: key.publicKey).dropLast().contains { $0 != 0 })
    }
    #expect(Set(zeros).count == zeros.count)
  }

  @Test func sumsTakeCiphertextsBytesAndOtherSums() throws {
    let ciphertexts = try encryptor.encrypt((1...40).map { BigInteger($0) })
    var left = CiphertextSum(publicKey: key.publicKey)
    var right = CiphertextSum(publicKey: key.publicKey)
    for (index, ciphertext) in ciphertexts.enumerated() {
      if index < 15 {
        try left.add(ciphertext)
      } else {
        try right.add(serialized: ciphertext.serialized(for: key.publicKey), source: "chunk")
      }
    }
    try left.add(right)
    #expect(left.count == 40)
    let total = try left.total()
    #expect(try total == evaluator.sum(ciphertexts))
    #expect(try key.decrypt(total) == 820)
  }

  @Test func otherKeysCiphertextsAreRefused() throws {
    var source = SeedExpander(seed: [2], domain: "paillier key")
    let other = try PrivateKey.generateInsecureForTesting(bitCount: 512, using: &source)
    let own = try encryptor.encrypt(1)
    let foreign = try Encryptor(publicKey: other.publicKey).encrypt(1)
    let mismatch = PaillierError.keyMismatch(
      ciphertext: other.publicKey.fingerprint.hexadecimal,
      key: key.publicKey.fingerprint.hexadecimal)
    #expect(throws: mismatch) { try key.decrypt(foreign) }
    #expect(throws: mismatch) { try evaluator.add(own, foreign) }
    #expect(throws: mismatch) { try evaluator.subtract(own, foreign) }
    #expect(throws: mismatch) { try evaluator.add(foreign, plaintext: 1) }
    #expect(throws: mismatch) { try evaluator.multiply(foreign, by: 2) }
    #expect(throws: mismatch) { try evaluator.multiply(foreign, variableTime: 2) }
    #expect(throws: mismatch) { try evaluator.rerandomize(foreign) }
    #expect(throws: mismatch) { try evaluator.sum([own, foreign]) }
    #expect(throws: mismatch) { try foreign.serialized(for: key.publicKey) }
    var sum = CiphertextSum(publicKey: key.publicKey)
    #expect(throws: mismatch) { try sum.add(CiphertextSum(publicKey: other.publicKey)) }
    #expect(sum.count == 0)
  }

  @Test(arguments: KeyFault.allCases) func faultsAreRefused(_ fault: KeyFault) throws {
    let faulty = key.withFaultInsecureForTesting(fault)
    // Plaintexts below both primes would not do: there p⁻¹ is multiplied by 0.
    let n = key.publicKey.modulus
    for plaintext in [n - 1, n >> 1, (n >> 3) + 42] {
      let ciphertext = try encryptor.encrypt(plaintext)
      #expect(try key.decrypt(ciphertext) == plaintext)
      #expect(throws: PaillierError.refused) { try faulty.decrypt(ciphertext) }
    }
  }
}
