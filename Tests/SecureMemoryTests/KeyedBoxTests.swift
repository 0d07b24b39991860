import SecureMemory
import Testing
import _TestSupport

@Suite struct KeyedBoxTests {
  private let signer = SigningKey()
  private let message = Array("entry 7".utf8)

  @Test func roundTripAndDamage() throws {
    let key = signer.derivedKey(domain: "a")
    let box = KeyedBox.seal(message, key: key, associatedData: [1])
    #expect(box.count == message.count + KeyedBox.overheadByteCount)
    #expect(KeyedBox.seal(message, key: key, associatedData: [1]) != box)
    struct Refused: Error {}
    try checkEveryTruncationAndByteChange(of: box) { bytes in
      guard KeyedBox.open(bytes, key: key, associatedData: [1]) == message else { throw Refused() }
    }
    #expect(KeyedBox.open(box, key: key, associatedData: [2]) == nil)
    #expect(KeyedBox.open([], key: key, associatedData: [1]) == nil)
  }

  @Test func keysFollowFromSeedAndDomainOnly() throws {
    let seed = SecureBytes(copying: [UInt8](0..<32))
    let box = KeyedBox.seal(
      message, key: try SigningKey(seed: seed).derivedKey(domain: "a"), associatedData: [])
    let again = try SigningKey(seed: seed)
    #expect(
      KeyedBox.open(box, key: again.derivedKey(domain: "a"), associatedData: []) == message)
    #expect(KeyedBox.open(box, key: again.derivedKey(domain: "b"), associatedData: []) == nil)
    #expect(KeyedBox.open(box, key: signer.derivedKey(domain: "a"), associatedData: []) == nil)
  }
}
