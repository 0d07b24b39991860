import SecureMemory
import Testing

struct SecureBytesTests {
  @Test func holdsWhatWasCopied() {
    let secret = SecureBytes(copying: [1, 2, 3])
    #expect(secret.count == 3)
    #expect(secret.withUnsafeBytes { Array($0) } == [1, 2, 3])
    secret.withUnsafeMutableBytes { $0[1] = 9 }
    #expect(secret.withWipedCopy { Array($0) } == [1, 9, 3])
    let copy = secret.withUnsafeBytes { SecureBytes(copying: $0) }
    #expect(copy.withUnsafeBytes { Array($0) } == [1, 9, 3])
  }

  @Test func startsAsZeros() {
    #expect(SecureBytes(count: 40).withUnsafeBytes { $0.allSatisfy { $0 == 0 } })
    #expect(SecureBytes(count: 0).count == 0)
    #expect(SecureBytes(count: -1).count == 0)
  }

  @Test func isNotDescribed() {
    let secret = SecureBytes(copying: Array("hunter2".utf8))
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), dumped] {
      #expect(!text.contains("hunter2"))
      #expect(!text.contains("104, 117"))
    }
  }

  @Test func wipedArraysAreZero() {
    var words: [UInt64] = [1, .max]
    words.wipe()
    #expect(words == [0, 0])
  }

  @Test func constantTimeEquality() {
    #expect(ConstantTime.areEqual([1, 2], [1, 2]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 3]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 2, 0]))
    #expect(ConstantTime.areEqual([], []))
  }
}
