import SecureMemory
import Testing
import _TestSupport

struct SealedBoxTests {
  private let passphrase = SecureBytes(copying: Array("correct horse".utf8))
  private let claims = Array("claims".utf8)

  private func sealed(_ secret: String) throws -> [UInt8] {
    try SealedBox.seal(
      SecureBytes(copying: Array(secret.utf8)), passphrase: passphrase, associatedData: claims,
      cost: .insecureForTesting)
  }

  private func opened(_ box: [UInt8]) throws(SecureMemoryError) -> String {
    let secret = try SealedBox.open(box, passphrase: passphrase, associatedData: claims)
    return secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  @Test func roundTrip() throws {
    let box = try sealed("the secret")
    #expect(box.count == 10 + SealedBox.overheadByteCount)
    #expect(try opened(box) == "the secret")
    #expect(try opened(sealed("")).isEmpty)
    #expect(try sealed("the secret") != box)
  }

  /// Sealed by Argon2id and ChaCha20-Poly1305 of Python's cryptography and a plain HChaCha20.
  @Test func opensABoxMadeElsewhere() throws {
    let box = bytes(
      hexadecimal: """
        0100010000000020000000000000000102030405060708090a0b0c0d0e0f6465
        666768696a6b6c6d6e6f707172737475767778797a7b9a6529e063941cb77df1
        b5a64724418433a03f79d596182378da
        """)
    #expect(try opened(box) == "the secret")
  }

  @Test func everyDamageIsNoticed() throws {
    try checkEveryTruncationAndByteChange(of: sealed("the secret")) { _ = try opened($0) }
  }

  @Test func wrongPassphraseAndAlteredBoxLookAlike() throws {
    var box = try sealed("the secret")
    #expect(throws: SecureMemoryError.wrongPassphraseOrAltered) {
      try SealedBox.open(
        box, passphrase: SecureBytes(copying: Array("wrong".utf8)), associatedData: claims)
    }
    #expect(throws: SecureMemoryError.wrongPassphraseOrAltered) {
      try SealedBox.open(box, passphrase: passphrase, associatedData: [])
    }
    box[box.count - 1] ^= 1
    #expect(throws: SecureMemoryError.wrongPassphraseOrAltered) { try opened(box) }
  }

  @Test func costIsBoundedBeforeWork() throws {
    var box = try sealed("the secret")
    box[12] = 1  // 2^48 bytes of memory
    #expect(
      throws: SecureMemoryError.boxCost(passes: 1, memoryByteCount: (1 << 48) + 8192)
    ) { try opened(box) }
    box[12] = 0
    box[2] = 11
    #expect(throws: SecureMemoryError.boxCost(passes: 11, memoryByteCount: 8192)) {
      try opened(box)
    }
    box[0] = 2
    #expect(throws: SecureMemoryError.boxVersion(found: 2, supported: 1)) { try opened(box) }
    #expect(throws: SecureMemoryError.boxTruncated(needed: 70, available: 69)) {
      try opened(Array(box[..<69]))
    }
  }

  @Test func anEmptyPassphraseIsRefused() throws {
    let box = try sealed("the secret")
    let empty = SecureBytes(count: 0)
    #expect(throws: SecureMemoryError.emptyPassphrase) {
      try SealedBox.seal(empty, passphrase: empty, associatedData: [], cost: .insecureForTesting)
    }
    #expect(throws: SecureMemoryError.emptyPassphrase) {
      try SealedBox.open(box, passphrase: empty, associatedData: claims)
    }
  }

  @Test func standardCostWorks() throws {
    let box = try SealedBox.seal(
      SecureBytes(copying: [7]), passphrase: passphrase, associatedData: [])
    let secret = try SealedBox.open(box, passphrase: passphrase, associatedData: [])
    #expect(secret.withUnsafeBytes { Array($0) } == [7])
  }
}
