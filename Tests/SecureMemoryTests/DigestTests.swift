import SecureMemory
import Testing

/// The expected digests come from Python's hashlib.
struct DigestTests {
  @Test func knownAnswers() {
    #expect(
      Digest.of(Array("abc".utf8), domain: "cryptally.test").hexadecimal
        == "49e6b5b475d123e805d596996fd8e893de3d38b2119ec31d03d51bf814682eba")
    #expect(
      Digest.of([], domain: "").hexadecimal
        == "11da6d1f761ddf9bdb4c9d6e5303ebd41f61858d0a5647a1a7bfe089bf921be9")
  }

  @Test func knownAnswersWithKeys() {
    func digest(key: [UInt8]) -> String {
      var stream = DigestStream(domain: "cryptally.test", key: key)
      stream.update(Array("abc".utf8))
      return stream.finalize().hexadecimal
    }
    #expect(
      digest(key: Array("key".utf8))
        == "9ef84c39c4b8a8fe2d27cd4f7a5f429c2064945c4b33f8988b91c7082d822618")
    #expect(
      digest(key: Array(0..<100))
        == "6d1948b7855eb3aa17a1a3155e3c371c741accfb3ce1658072c56f33bf71a3a5")
  }

  @Test func piecesMakeTheWhole() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    var stream = DigestStream(domain: "pieces")
    stream.update(Array(bytes[..<1]))
    stream.update([])
    bytes.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[1..<700])) }
    var copy = stream
    copy.update([1, 2, 3])
    _ = stream.finalize()
    stream.update(Array(bytes[700...]))
    #expect(stream.finalize() == Digest.of(bytes, domain: "pieces"))
    #expect(copy.finalize() != stream.finalize())
  }

  @Test func textForm() throws {
    let digest = Digest.of([1], domain: "x")
    #expect(Digest(hexadecimal: digest.hexadecimal) == digest)
    #expect(Digest(hexadecimal: digest.hexadecimal.uppercased()) == digest)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect("\(digest)" == digest.hexadecimal)
    #expect(Digest(hexadecimal: String(digest.hexadecimal.dropLast())) == nil)
    #expect(Digest(hexadecimal: "g" + digest.hexadecimal.dropFirst()) == nil)
    #expect(Digest(bytes: digest.bytes.dropLast()) == nil)
  }
}
