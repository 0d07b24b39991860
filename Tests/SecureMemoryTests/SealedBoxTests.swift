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
    let secret = try SealedBox.open(
      box, passphrase: passphrase, associatedData: claims, source: "box")
    return secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  @Test func roundTrip() throws {
    let box = try sealed("the secret")
    #expect(box.count == 10 + SealedBox.overheadByteCount)
    #expect(try opened(box) == "the secret")
    #expect(try opened(sealed("")).isEmpty)
    #expect(try sealed("the secret") != box)
  }

  @Test func everyDamageIsNoticed() throws {
    try checkEveryTruncationAndByteChange(of: sealed("the secret")) { _ = try opened($0) }
  }

  @Test func wrongPassphraseAndAlteredBoxLookAlike() throws {
    var box = try sealed("the secret")
    #expect(throws: SecureMemoryError.wrongPassphraseOrAltered(source: "box")) {
      try SealedBox.open(
        box, passphrase: SecureBytes(copying: Array("wrong".utf8)), associatedData: claims,
        source: "box")
    }
    #expect(throws: SecureMemoryError.wrongPassphraseOrAltered(source: "box")) {
      try SealedBox.open(box, passphrase: passphrase, associatedData: [], source: "box")
    }
    box[box.count - 1] ^= 1
    #expect(throws: SecureMemoryError.wrongPassphraseOrAltered(source: "box")) { try opened(box) }
  }

  @Test func anEmptyPassphraseIsRefused() throws {
    let box = try sealed("the secret")
    let empty = SecureBytes(count: 0)
    #expect(throws: SecureMemoryError.emptyPassphrase) {
      try SealedBox.seal(empty, passphrase: empty, associatedData: [], cost: .insecureForTesting)
    }
    #expect(throws: SecureMemoryError.emptyPassphrase) {
      try SealedBox.open(box, passphrase: empty, associatedData: claims, source: "box")
    }
  }

  @Test func standardCostWorks() throws {
    let box = try SealedBox.seal(
      SecureBytes(copying: [7]), passphrase: passphrase, associatedData: [])
    let secret = try SealedBox.open(box, passphrase: passphrase, associatedData: [], source: "box")
    #expect(secret.withUnsafeBytes { Array($0) } == [7])
  }
}
