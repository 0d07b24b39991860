import SecureMemory
import Testing
import _TestSupport

struct SigningKeyTests {
  /// RFC 8032, section 7.1, test 2.
  @Test func knownAnswer() throws {
    let seed = bytes(
      hexadecimal: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    let key = try SigningKey(seed: SecureBytes(copying: seed))
    #expect(
      key.verifyingKey.bytes
        == bytes(hexadecimal: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    #expect(
      key.sign([0x72])
        == bytes(
          hexadecimal: """
            92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
            085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
            """))
    #expect(key.withSeed { Array($0) } == seed)
  }

  @Test func onlyTheMessageAndTheKeyVerify() throws {
    let key = SigningKey()
    let message = Array("totals".utf8)
    let signature = key.sign(message)
    #expect(key.verifyingKey.isValid(signature: signature, for: message))
    #expect(!key.verifyingKey.isValid(signature: signature, for: message + [0]))
    #expect(!SigningKey().verifyingKey.isValid(signature: signature, for: message))
    #expect(!key.verifyingKey.isValid(signature: Array(signature.dropLast()), for: message))
    #expect(!key.verifyingKey.isValid(signature: [], for: message))
    for position in signature.indices {
      var changed = signature
      changed[position] ^= 1
      #expect(!key.verifyingKey.isValid(signature: changed, for: message))
    }
  }

  @Test func bytesOfAKey() throws {
    let key = SigningKey().verifyingKey
    #expect(VerifyingKey(bytes: key.bytes) == key)
    #expect(VerifyingKey(bytes: key.bytes.dropFirst()) == nil)
    #expect(key.fingerprint != SigningKey().verifyingKey.fingerprint)
    // The neutral element is a point of small order: nothing is valid under it.
    let neutral = try #require(VerifyingKey(bytes: [1] + [UInt8](repeating: 0, count: 31)))
    let forged = [1] + [UInt8](repeating: 0, count: 63)
    #expect(!neutral.isValid(signature: forged, for: Array("anything".utf8)))
  }

  @Test func aSeedHas32Bytes() {
    #expect(throws: SecureMemoryError.seedLength(found: 31)) {
      try SigningKey(seed: SecureBytes(count: 31))
    }
  }
}
