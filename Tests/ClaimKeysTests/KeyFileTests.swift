import BFV
import ClaimKeys
import ClaimSchema
import Foundation
import Paillier
import SecureMemory
import Testing
import Wire
import _TestSupport

@Suite struct KeyFileTests {
  private let fixture: KeyFixture

  init() throws { fixture = try KeyFixture.first.get() }

  /// Tries damage on a file and checks that every refusal names it.
  private func checkDamage(
    of bytes: [UInt8], named source: String, limit: Int, decode: ([UInt8]) throws -> Void
  ) throws {
    try checkEveryTruncationAndByteChange(of: bytes, limit: limit) { changed in
      do {
        try decode(changed)
      } catch {
        #expect("\(error)".contains(source), "\(error)")
        throw error
      }
    }
  }

  @Test func publicKeysRoundTrip() throws {
    let keys = try KeyFixture.readPublic(fixture.publicBytes)
    let original = fixture.keys.publicKeys
    #expect(keys.serialized() == fixture.publicBytes)
    #expect(keys.fingerprint == original.fingerprint && keys.custodian == original.custodian)
    #expect(keys.layoutFingerprint == fixture.keys.layout.fingerprint)
    #expect(keys.schemaFingerprint == fixture.keys.layout.schema.fingerprint)
    #expect(keys.paillier == original.paillier && keys.paillier != nil)
    #expect(try keys.layout(for: fixture.keys.layout.schema) == fixture.keys.layout)

    // What is encrypted under the key that was read opens under the secret.
    let lattice = try #require(keys.lattice)
    let secret = try #require(fixture.keys.lattice)
    let encoder = BatchEncoder(lattice.context)
    let values = (0..<Int64(1024)).map { $0 - 512 }
    let ciphertext = try BFV.Encryptor(lattice).encrypt(encoder.encode(values))
    let opened = try BFV.Decryptor(secret).decrypt(ciphertext)
    #expect(try encoder.decode(opened) == values)
  }

  @Test func evaluationKeysRoundTrip() throws {
    let keys = try KeyFixture.readEvaluation(fixture.evaluationBytes)
    #expect(keys.serialized() == fixture.evaluationBytes)
    #expect(keys.publicKeys.serialized() == fixture.publicBytes)
    #expect(keys.relinearization != nil && keys.galois != nil)
  }

  @Test func serverKeysRoundTrip() throws {
    let key = try KeyFixture.readServer(fixture.serverBytes)
    #expect(key.serialized() == fixture.serverBytes)
    #expect(key.verifyingKey == fixture.server.verifyingKey)
    let message: [UInt8] = [1, 2, 3]
    #expect(
      fixture.server.verifyingKey.isValid(
        signature: key.signingKey.sign(message), for: message))

    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("server-\(UUID().uuidString).key").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: SecureMemoryError.noSuchFile(path: path)) { try ServerKey(contentsOf: path) }
    try AtomicFile.write(fixture.serverBytes, to: path, permissions: 0o600, replacing: false)
    #expect(try ServerKey(contentsOf: path).verifyingKey == key.verifyingKey)
  }

  @Test func setsOfOneSchemeRoundTrip() throws {
    let texts = [
      """
      table: claims
      capacity: 100
      columns:
        PAID: { type: integer, range: [0, 10], protect: paillier }
      """,
      """
      table: claims
      capacity: 100
      depth: 0
      columns:
        PAID: { type: integer, range: [0, 10], protect: encrypted }
      """,
    ]
    for (text, hasLattice) in zip(texts, [false, true]) {
      let one = try KeyFixture(text)
      let publicKeys = try KeyFixture.readPublic(one.publicBytes)
      #expect((publicKeys.lattice != nil) == hasLattice)
      #expect((publicKeys.paillier != nil) == !hasLattice)
      let evaluation = try KeyFixture.readEvaluation(one.evaluationBytes)
      #expect((evaluation.relinearization != nil) == hasLattice && evaluation.galois == nil)
      let secret = try one.readSecret(one.secretBytes)
      #expect((secret.lattice != nil) == hasLattice && (secret.paillier != nil) == !hasLattice)
      #expect(secret.layout == one.keys.layout)
    }
  }

  @Test func everyDamageToPublicKeysIsNoticed() throws {
    try checkDamage(of: fixture.publicBytes, named: "public.key", limit: .max) {
      _ = try KeyFixture.readPublic($0)
    }
  }

  @Test func everyDamageToServerKeysIsNoticed() throws {
    try checkDamage(of: fixture.serverBytes, named: "server.key", limit: .max) {
      _ = try KeyFixture.readServer($0)
    }
  }

  @Test func damageToEvaluationKeysIsNoticed() throws {
    try checkDamage(of: fixture.evaluationBytes, named: "evaluation.key", limit: 300) {
      _ = try KeyFixture.readEvaluation($0)
    }
  }

  @Test func damageToSecretKeysIsNoticed() throws {
    try checkDamage(of: fixture.secretBytes, named: "secret.key", limit: 2048) {
      _ = try fixture.readSecret($0)
    }
  }

  @Test func eachReaderTakesItsKindOnly() throws {
    let files: [(WireKind, [UInt8])] = [
      (.publicKey, fixture.publicBytes), (.evaluationKey, fixture.evaluationBytes),
      (.secretKey, fixture.secretBytes), (.serverKey, fixture.serverBytes),
    ]
    let readers: [(WireKind, String, ([UInt8]) throws -> Void)] = [
      (.publicKey, "public.key", { _ = try KeyFixture.readPublic($0) }),
      (.evaluationKey, "evaluation.key", { _ = try KeyFixture.readEvaluation($0) }),
      (.secretKey, "secret.key", { [fixture] in _ = try fixture.readSecret($0) }),
      (.serverKey, "server.key", { _ = try KeyFixture.readServer($0) }),
    ]
    for (kind, bytes) in files {
      #expect(try Envelope.peek(bytes, source: "file").kind == kind)
      for (expected, source, read) in readers where expected != kind {
        #expect(
          throws: WireError.unexpectedKind(source: source, found: kind, expected: expected)
        ) { try read(bytes) }
      }
    }
  }

  @Test func keysForTestsAreRefusedElsewhere() throws {
    let source = "some.key"
    let readers: [([UInt8], ([UInt8]) throws -> Void)] = [
      (fixture.publicBytes, { _ = try PublicKeySet(serialized: $0, source: source) }),
      (fixture.evaluationBytes, { _ = try EvaluationKeySet(serialized: $0, source: source) }),
      (
        fixture.secretBytes,
        { [fixture] in
          _ = try SecretKeySet(sealed: $0, passphrase: fixture.passphrase, source: source)
        }
      ),
    ]
    for (bytes, read) in readers {
      #expect(throws: WireError.testingOnly(source: source)) { try read(bytes) }
      // Nor do they pass when the mark is taken off.
      let unmarked = try resealed(bytes, isTesting: false)
      #expect(throws: (any Error).self) { try read(unmarked) }
    }
  }

  @Test func schemasAndFingerprintsMustAgree() throws {
    let keys = fixture.keys.publicKeys
    let other = try Schema.parse(
      yaml: KeyFixture.schemaText.replacingOccurrences(of: "[0, 109]", with: "[0, 110]"),
      source: "other.yaml")
    let mismatch = KeyError.schemaMismatch(
      what: "the schema", expected: keys.schemaFingerprint, found: other.fingerprint)
    #expect(throws: mismatch) { try keys.layout(for: other) }
    #expect(mismatch.description.contains(keys.schemaFingerprint.hexadecimal))
    #expect(mismatch.description.contains(other.fingerprint.hexadecimal))
    // Another policy is not another schema.
    let looser = try Schema.parse(
      yaml: KeyFixture.schemaText.replacingOccurrences(of: "cohort: 17", with: "cohort: 5"),
      source: "looser.yaml")
    #expect(try keys.layout(for: looser).fingerprint == keys.layoutFingerprint)

    try keys.expect(fingerprint: keys.fingerprint)
    let wanted = digest("another key")
    let unexpected = KeyError.unexpectedFingerprint(expected: wanted, found: keys.fingerprint)
    #expect(throws: unexpected) { try keys.expect(fingerprint: wanted) }
    #expect(unexpected.description.contains(wanted.hexadecimal))
    #expect(unexpected.description.contains(keys.fingerprint.hexadecimal))
  }
}
