import SecureMemory
import Testing
import Wire
import _TestSupport

struct EnvelopeTests {
  private let parameters = Digest.of([1], domain: "parameters")
  private let key = Digest.of([2], domain: "key")

  private func sealed(
    kind: WireKind = .answer, version: UInt16 = 1, isTesting: Bool = false,
    payload: [UInt8] = [7, 8, 9]
  ) -> [UInt8] {
    Envelope.seal(
      kind: kind, version: version, isTesting: isTesting, parameterFingerprint: parameters,
      keyFingerprint: key, payload: payload)
  }

  private func opened(_ bytes: [UInt8]) throws(WireError) -> Envelope {
    try Envelope.open(bytes, expecting: .answer, source: "answer.enc")
  }

  @Test func roundTrip() throws {
    for payload in [[], [7, 8, 9], [UInt8](repeating: 5, count: 100_000)] {
      let bytes = sealed(payload: payload)
      #expect(bytes.count == payload.count + Envelope.overheadByteCount)
      let envelope = try opened(bytes)
      #expect(Array(envelope.payload) == payload)
      #expect(envelope.kind == .answer)
      #expect(envelope.version == 1)
      #expect(!envelope.isTesting)
      #expect(envelope.parameterFingerprint == parameters)
      #expect(envelope.keyFingerprint == key)
    }
  }

  /// The layout, byte by byte; the digest is Python's hashlib's.
  @Test func goldenBytes() {
    let golden = Envelope.seal(
      kind: .table, version: 1, isTesting: true,
      parameterFingerprint: Digest.of([], domain: ""), keyFingerprint: Digest.of([], domain: ""),
      payload: Array("abc".utf8))
    let fingerprint = "11da6d1f761ddf9bdb4c9d6e5303ebd41f61858d0a5647a1a7bfe089bf921be9"
    #expect(
      golden
        == bytes(
          hexadecimal: "43525950 54414c59 0100 0800 01 000000" + fingerprint + fingerprint
            + "0300000000000000 616263"
            + "4bc3702b7363cab438798f70446e08caf116a2b997fa0c0e83f5bc6b061ca30f"))
  }

  @Test func everyDamageIsNoticed() throws {
    try checkEveryTruncationAndByteChange(of: sealed()) { _ = try opened($0) }
    try checkEveryTruncationAndByteChange(
      of: sealed(payload: [UInt8](repeating: 5, count: 10_000)), limit: 400
    ) { _ = try opened($0) }
  }

  @Test func whatIsWrongIsNamed() {
    #expect(throws: WireError.notCryptally(source: "answer.enc")) {
      try opened(Array("SQLite format 3".utf8))
    }
    #expect(throws: WireError.notCryptally(source: "answer.enc")) { try opened([]) }
    #expect(
      throws: WireError.unexpectedKind(
        source: "answer.enc", found: .publicKey, expected: .answer)
    ) { try opened(sealed(kind: .publicKey)) }
    #expect(
      throws: WireError.unsupportedVersion(source: "answer.enc", found: 2, supported: 1...1)
    ) { try opened(sealed(version: 2)) }
    #expect(throws: WireError.trailingBytes(source: "answer.enc", count: 1)) {
      try opened(sealed() + [0])
    }
    #expect(
      throws: WireError.truncated(
        source: "answer.enc", field: "payload and digest", needed: 35, available: 34)
    ) { try opened(sealed().dropLast()) }
    #expect(
      throws: WireError.truncated(
        source: "answer.enc", field: "key fingerprint", needed: 32, available: 12)
    ) { try opened(Array(sealed()[..<60])) }
    var altered = sealed()
    altered[90] ^= 1
    #expect(throws: WireError.digestMismatch(source: "answer.enc")) { try opened(altered) }
    altered[10] = 200
    #expect(throws: WireError.unknownKind(source: "answer.enc", found: 200)) {
      try opened(altered)
    }
  }

  /// A length near 2^64 must neither overflow nor be allocated.
  @Test func hugeLengthsAreRefused() {
    for high in [UInt8(0x7f), 0xff] {
      var bytes = sealed()
      for position in 80..<88 { bytes[position] = position == 87 ? high : 0xff }
      #expect {
        try opened(bytes)
      } throws: { error in
        guard case .truncated = error as? WireError else { return false }
        return true
      }
    }
  }

  @Test func filesOfTestsAreRefused() throws {
    let bytes = sealed(isTesting: true)
    #expect(throws: WireError.testingOnly(source: "answer.enc")) { try opened(bytes) }
    let envelope = try Envelope.open(
      bytes, expecting: .answer, source: "answer.enc", allowsTesting: true)
    #expect(envelope.isTesting)
  }

  @Test func severalVersionsCanBeRead() throws {
    let envelope = try Envelope.open(
      sealed(version: 2), expecting: .answer, source: "answer.enc", versions: 1...2)
    #expect(envelope.version == 2)
  }

  @Test func peekReadsTheHeader() throws {
    let header = try Envelope.peek(
      Array(sealed(isTesting: true)[..<EnvelopeHeader.byteCount]), source: "answer.enc")
    #expect(header.kind == .answer)
    #expect(header.version == 1)
    #expect(header.isTesting)
    #expect(header.parameterFingerprint == parameters)
    #expect(header.keyFingerprint == key)
    #expect(header.payloadByteCount == 3)
  }

  @Test func kindsKeepTheirNumbers() {
    #expect(WireKind.allCases.map(\.rawValue) == Array(1...14))
    #expect(Set(WireKind.allCases.map(\.description)).count == WireKind.allCases.count)
  }
}
