import BigInteger
import Paillier
import SecureMemory
import Testing
import Wire
import _TestSupport

/// Keys and ciphertexts in files of their own.
@Suite struct FileTests {
  let key: PrivateKey
  let passphrase = SecureBytes(copying: Array("correct horse".utf8))

  init() throws {
    var source = SeedExpander(seed: [3], domain: "paillier files")
    key = try PrivateKey.generateInsecureForTesting(bitCount: 256, using: &source)
  }

  @Test func publicKeysInFiles() throws {
    let bytes = key.publicKey.fileBytes()
    let read = try PublicKey(fileBytes: bytes, source: "public.key", allowsTesting: true)
    #expect(read == key.publicKey)
    #expect(throws: WireError.testingOnly(source: "public.key")) {
      try PublicKey(fileBytes: bytes, source: "public.key")
    }
    try checkEveryTruncationAndByteChange(of: bytes) {
      _ = try PublicKey(fileBytes: $0, source: "public.key", allowsTesting: true)
    }
  }

  @Test func aPublicKeyUnderAnothersFingerprintIsRefused() throws {
    let forged = Envelope.seal(
      kind: .paillierPublicKey, version: 1, isTesting: true,
      parameterFingerprint: Digest.of([], domain: "Cryptally no parameters"),
      keyFingerprint: Digest.of([1], domain: "x"), payload: key.publicKey.serialized())
    #expect(throws: PaillierError.self) {
      try PublicKey(fileBytes: forged, source: "public.key", allowsTesting: true)
    }
  }

  @Test func secretKeysInFiles() throws {
    let bytes = try key.sealed(passphrase: passphrase, cost: .insecureForTesting)
    let open = { (bytes: [UInt8], passphrase: SecureBytes) in
      try PrivateKey(
        sealed: bytes, passphrase: passphrase, source: "secret.key", allowsTesting: true)
    }
    let ciphertext = try Encryptor(publicKey: key.publicKey).encrypt(signed: -3)
    #expect(try open(bytes, passphrase).decryptSigned(ciphertext) == -3)
    #expect(throws: SecureMemoryError.wrongPassphraseOrAltered(source: "secret.key")) {
      try open(bytes, SecureBytes(copying: [1]))
    }
    #expect(throws: WireError.testingOnly(source: "secret.key")) {
      try PrivateKey(sealed: bytes, passphrase: passphrase, source: "secret.key")
    }
    try checkEveryTruncationAndByteChange(of: bytes) { _ = try open($0, passphrase) }
  }

  @Test func ciphertextsInFiles() throws {
    let ciphertext = try Encryptor(publicKey: key.publicKey).encrypt(7)
    let bytes = try ciphertext.fileBytes(for: key.publicKey)
    #expect(bytes.count == key.publicKey.ciphertextByteCount + Envelope.overheadByteCount)
    let read = { (bytes: [UInt8]) in
      try Ciphertext(fileBytes: bytes, key: key.publicKey, source: "sum.enc")
    }
    #expect(try read(bytes) == ciphertext)
    try checkEveryTruncationAndByteChange(of: bytes) { _ = try read($0) }
  }

  @Test func ciphertextsUnderAnotherKeyAreRefused() throws {
    var source = SeedExpander(seed: [4], domain: "paillier files")
    let other = try PrivateKey.generateInsecureForTesting(bitCount: 256, using: &source).publicKey
    let foreign = try Encryptor(publicKey: other).encrypt(7)
    let mismatch = PaillierError.keyMismatch(
      ciphertext: other.fingerprint.hexadecimal, key: key.publicKey.fingerprint.hexadecimal)
    #expect(throws: mismatch) {
      try Ciphertext(
        fileBytes: foreign.fileBytes(for: other), key: key.publicKey, source: "sum.enc")
    }
    #expect(throws: mismatch) { try foreign.fileBytes(for: key.publicKey) }
  }

  /// Numbers that are no units between 0 and n², each in a file without damage.
  @Test func whatIsNoCiphertextIsRefused() throws {
    let n = key.publicKey.modulus
    let primes = key.serialized().withUnsafeBytes { bytes in
      let width = (bytes.count - 5) / 2
      return (
        BigInteger(bigEndianBytes: bytes[5..<(5 + width)]),
        BigInteger(bigEndianBytes: bytes[(5 + width)...])
      )
    }
    let (p, q) = primes
    try #require(p * q == n)
    for value in [0, n, p, q, p * p, p * 12_345, n * n - q, n * n, n * n + 1] {
      let width = key.publicKey.ciphertextByteCount
      let payload = try #require(value.bigEndianBytes(count: width))
      let bytes = Envelope.seal(
        kind: .paillierCiphertext, version: 1, isTesting: true,
        parameterFingerprint: Digest.of([], domain: "Cryptally no parameters"),
        keyFingerprint: key.publicKey.fingerprint, payload: payload)
      let error = #expect(throws: PaillierError.self) {
        try Ciphertext(fileBytes: bytes, key: key.publicKey, source: "sum.enc")
      }
      guard case .invalidCiphertext(source: "sum.enc", _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(throws: PaillierError.self) {
        var sum = CiphertextSum(publicKey: key.publicKey)
        try sum.add(serialized: payload, source: "sum.enc")
        _ = try sum.total(source: "sum.enc")
      }
    }
  }
}
