import BigInteger
import Paillier
import SecureMemory
import Testing

/// Many numbers at a time, and the private key's faster ways.
@Suite struct BatchTests {
  let key: PrivateKey
  let encryptor: Encryptor
  let evaluator: Evaluator

  init() throws {
    var source = SeedExpander(seed: [4], domain: "paillier key")
    key = try PrivateKey.generateInsecureForTesting(bitCount: 512, using: &source)
    encryptor = Encryptor(publicKey: key.publicKey)
    evaluator = Evaluator(publicKey: key.publicKey)
  }

  private func plaintexts(_ count: Int) -> [BigInteger] {
    let n = key.publicKey.modulus
    return (0..<count).map { index in
      switch index % 4 {
      case 0: BigInteger(index)
      case 1: n - 1 - BigInteger(index)
      case 2: (n >> 1) + BigInteger(index)
      default: (n * BigInteger(index + 1)) >> 10
      }
    }
    .map { $0.reduced(modulo: n) ?? 0 }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 7, 8, 9, 16, 33])
  func batchesOfEverySizeComeBack(_ count: Int) throws {
    let plaintexts = plaintexts(count)
    let ciphertexts = try encryptor.encrypt(plaintexts)
    #expect(ciphertexts.count == count && Set(ciphertexts).count == count)
    #expect(try key.decrypt(ciphertexts) == plaintexts)
    // More often than a blinding factor is used.
    for ciphertext in ciphertexts { _ = try key.decrypt(ciphertext) }
    #expect(try key.decrypt(ciphertexts) == plaintexts)
  }

  @Test func oneForeignCiphertextRefusesTheBatch() throws {
    var source = SeedExpander(seed: [5], domain: "paillier key")
    let other = try PrivateKey.generateInsecureForTesting(bitCount: 512, using: &source)
    var ciphertexts = try encryptor.encrypt(plaintexts(9))
    ciphertexts[5] = try Encryptor(publicKey: other.publicKey).encrypt(1)
    #expect(throws: PaillierError.self) { try key.decrypt(ciphertexts) }
    #expect(throws: PaillierError.self) { try evaluator.rerandomize(ciphertexts) }
    #expect(throws: PaillierError.self) {
      try evaluator.sums(
        of: ciphertexts, groups: [Int](repeating: 0, count: 9), groupCount: 1)
    }
  }

  @Test(arguments: KeyFault.allCases) func aFaultRefusesTheBatch(_ fault: KeyFault) throws {
    let ciphertexts = try encryptor.encrypt(plaintexts(9))
    let faulty = key.withFaultInsecureForTesting(fault)
    #expect(throws: PaillierError.refused) { try faulty.decrypt(ciphertexts) }
  }

  /// The same nonce gives the same ciphertext, whoever encrypts.
  @Test(arguments: [true, false])
  func theKeyHoldersCiphertextsAreTheSame(_ hasShortExponents: Bool) throws {
    let (p, q) = try primes()
    let key = try PrivateKey(
      insecureForTesting: p, q, supportsShortExponents: hasShortExponents)
    let holder = try Encryptor(privateKey: key)
    let encryptor = Encryptor(publicKey: key.publicKey)
    var source = SeedExpander(seed: [6], domain: "nonces")
    for plaintext in plaintexts(6) {
      let nonce = BigInteger.random(bitCount: 255, using: &source)
      let ciphertext = try holder.encryptInsecureForTesting(plaintext, nonce: nonce)
      #expect(
        try ciphertext == encryptor.encryptInsecureForTesting(plaintext, nonce: nonce))
      #expect(try key.decrypt(ciphertext) == plaintext)
    }
    let ciphertexts = try holder.encrypt(plaintexts(20))
    #expect(Set(ciphertexts).count == 20)
    #expect(try key.decrypt(ciphertexts) == plaintexts(20))
    let pool = RandomizerPool(encryptor: holder, capacity: 4)
    #expect(try key.decrypt(pool.encrypt(plaintexts(6))) == plaintexts(6))
  }

  private func primes() throws -> (BigInteger, BigInteger) {
    let width = (key.serialized().count - 5) / 2
    return key.serialized().withUnsafeBytes { bytes in
      (
        BigInteger(bigEndianBytes: bytes[5..<(5 + width)]),
        BigInteger(bigEndianBytes: bytes[(5 + width)...])
      )
    }
  }

  @Test(arguments: [1, 3, 40]) func groupedSumsAreThePlaintexts(_ groupCount: Int) throws {
    let plaintexts = plaintexts(100)
    let ciphertexts = try encryptor.encrypt(plaintexts)
    var source = SeedExpander(seed: [7], domain: "groups")
    let groups = plaintexts.map { _ in Int(source.bytes(1)[0]) % groupCount }
    let totals = try evaluator.sums(of: ciphertexts, groups: groups, groupCount: groupCount + 1)
    #expect(totals.count == groupCount + 1)
    for (group, total) in totals.enumerated() {
      let expected = zip(plaintexts, groups).reduce(BigInteger(0)) {
        $1.1 == group ? $0 + $1.0 : $0
      }
      #expect(try key.decrypt(total) == expected.reduced(modulo: key.publicKey.modulus))
    }

    // In two parts, one of them as bytes.
    var left = GroupedSum(publicKey: key.publicKey, groupCount: groupCount + 1)
    var right = left
    for (index, ciphertext) in ciphertexts.enumerated() {
      if index < 37 {
        try left.add(ciphertext, to: groups[index])
      } else {
        try right.add(
          serialized: ciphertext.serialized(for: key.publicKey), to: groups[index], source: "test")
      }
    }
    try left.add(right)
    #expect(left.counts.reduce(0, +) == 100)
    // No ciphertext but those of empty groups is fresh.
    for group in 0..<groupCount where left.counts[group] > 0 {
      #expect(try left.total(of: group) == totals[group])
    }
  }

  @Test func groupsThatThereAreNotAreRefused() throws {
    let ciphertexts = try encryptor.encrypt([1, 2])
    for groups in [[0], [0, 2], [-1, 0], [0, 1, 1]] {
      #expect(throws: PaillierError.groupMismatch) {
        try evaluator.sums(of: ciphertexts, groups: groups, groupCount: 2)
      }
    }
    var sum = GroupedSum(publicKey: key.publicKey, groupCount: 2)
    let bytes = try ciphertexts[0].serialized(for: key.publicKey)
    for group in [-1, 2] {
      #expect(throws: PaillierError.groupMismatch) { try sum.add(ciphertexts[0], to: group) }
      #expect(throws: PaillierError.groupMismatch) {
        try sum.add(serialized: bytes, to: group, source: "test")
      }
      #expect(throws: PaillierError.groupMismatch) { try sum.total(of: group) }
    }
    #expect(throws: PaillierError.groupMismatch) {
      try sum.add(GroupedSum(publicKey: key.publicKey, groupCount: 3))
    }
    #expect(sum.counts == [0, 0])
    #expect(try evaluator.sums(of: [], groups: [], groupCount: 0).isEmpty)
    let zeros = try evaluator.sums(of: [], groups: [], groupCount: 2)
    #expect(try zeros.map { try key.decrypt($0) } == [0, 0])
    #expect(zeros[0] != zeros[1])
  }

  @Test func rerandomizedBatchesKeepPlaintextsAndOrder() throws {
    let plaintexts = plaintexts(11)
    let ciphertexts = try encryptor.encrypt(plaintexts)
    let fresh = try evaluator.rerandomize(ciphertexts)
    #expect(zip(ciphertexts, fresh).allSatisfy { $0 != $1 })
    #expect(try key.decrypt(fresh) == plaintexts)
    #expect(try evaluator.rerandomize([]).isEmpty)
  }
}
