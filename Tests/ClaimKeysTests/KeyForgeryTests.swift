import ClaimKeys
import SecureMemory
import Testing
import Wire

/// Files whose digests are right and whose content is not what the custodian signed or sealed.
@Suite struct KeyForgeryTests {
  private let fixture: KeyFixture
  private let other: KeyFixture

  init() throws {
    fixture = try KeyFixture.first.get()
    other = try KeyFixture.second.get()
  }

  private func positions(_ count: Int) -> [Int] {
    Array(stride(from: 0, to: count, by: max(1, count / 200))) + [count - 1]
  }

  private func publicFingerprint(_ payload: [UInt8]) -> Digest {
    Digest.of(
      Array(payload.dropLast(VerifyingKey.signatureByteCount)), domain: "Cryptally public key")
  }

  @Test func publicKeysCarryTheirCustodiansSignature() throws {
    let ours = try payload(of: fixture.publicBytes)
    let theirs = try payload(of: other.publicBytes)
    #expect(publicFingerprint(ours) == fixture.keys.publicKeys.fingerprint)
    let swapped = try resealed(fixture.publicBytes) {
      $0 = ours.dropLast(64) + theirs.suffix(64)
    }
    #expect(throws: KeyError.badSignature(source: "public.key")) {
      try KeyFixture.readPublic(swapped)
    }
    for position in positions(ours.count) {
      var changed = ours
      changed[position] ^= 0x10
      let forged = try resealed(fixture.publicBytes, key: publicFingerprint(changed)) {
        $0 = changed
      }
      #expect(throws: KeyError.badSignature(source: "public.key"), "byte \(position)") {
        try KeyFixture.readPublic(forged)
      }
    }
  }

  @Test func fingerprintsAreThoseOfTheContent() throws {
    let ours = fixture.keys.publicKeys.fingerprint
    let theirs = other.keys.publicKeys.fingerprint
    let renamed = try resealed(fixture.publicBytes, key: theirs)
    #expect(throws: KeyError.keyMismatch(what: "public.key", expected: theirs, found: ours)) {
      try KeyFixture.readPublic(renamed)
    }
    // The layout's fingerprint is checked against the schema's.
    let layout = fixture.keys.layout
    let moved = try KeyFixture.readPublic(
      resealed(fixture.publicBytes, parameters: digest("another layout")))
    #expect(
      throws: KeyError.schemaMismatch(
        what: "the public key", expected: layout.fingerprint, found: digest("another layout"))
    ) { try moved.layout(for: layout.schema) }
  }

  @Test func contentsThatAreOnlyASignatureAreCut() throws {
    let cut = try resealed(fixture.publicBytes) { $0 = Array($0.suffix(64)) }
    #expect(
      throws: WireError.truncated(
        source: "public.key", field: "signature", needed: 64, available: 64)
    ) { try KeyFixture.readPublic(cut) }
    let empty = try resealed(fixture.evaluationBytes) { $0 = [] }
    #expect(
      throws: WireError.truncated(
        source: "evaluation.key", field: "signature", needed: 64, available: 0)
    ) { try KeyFixture.readEvaluation(empty) }
  }

  @Test func evaluationKeysBelongToOnePublicKey() throws {
    let ours = try payload(of: fixture.evaluationBytes)
    var writer = BoundedWriter()
    writer.append(lengthPrefixed: other.publicBytes)
    let spliced = writer.bytes + ours.dropFirst(8 + fixture.publicBytes.count)
    let theirs = other.keys.publicKeys.fingerprint
    let unrenamed = try resealed(fixture.evaluationBytes) { $0 = spliced }
    #expect(
      throws: KeyError.keyMismatch(
        what: "evaluation.key", expected: fixture.keys.publicKeys.fingerprint, found: theirs)
    ) { try KeyFixture.readEvaluation(unrenamed) }
    let renamed = try resealed(fixture.evaluationBytes, key: theirs) { $0 = spliced }
    #expect(throws: KeyError.badSignature(source: "evaluation.key")) {
      try KeyFixture.readEvaluation(renamed)
    }
    let signature = try payload(of: other.evaluationBytes).suffix(64)
    let signed = try resealed(fixture.evaluationBytes, key: theirs) {
      $0 = spliced.dropLast(64) + signature
    }
    #expect(throws: KeyError.badSignature(source: "evaluation.key")) {
      try KeyFixture.readEvaluation(signed)
    }
    let layout = fixture.keys.layout.fingerprint
    let moved = try resealed(fixture.evaluationBytes, parameters: digest("another layout"))
    #expect(
      throws: KeyError.schemaMismatch(
        what: "evaluation.key", expected: digest("another layout"), found: layout)
    ) { try KeyFixture.readEvaluation(moved) }
  }

  @Test func everyPartOfEvaluationKeysIsSigned() throws {
    let ours = try payload(of: fixture.evaluationBytes)
    let start = 8 + fixture.publicBytes.count
    for offset in stride(from: 0, to: ours.count - start, by: (ours.count - start) / 40) {
      let forged = try resealed(fixture.evaluationBytes) { $0[start + offset] ^= 1 }
      #expect(throws: KeyError.badSignature(source: "evaluation.key"), "offset \(offset)") {
        try KeyFixture.readEvaluation(forged)
      }
    }
  }

  @Test func serverKeysAreTheirFingerprints() throws {
    for position in 0..<32 {
      let forged = try resealed(fixture.serverBytes) { $0[position] ^= 4 }
      #expect {
        try KeyFixture.readServer(forged)
      } throws: { error in
        guard case KeyError.keyMismatch("server.key", let expected, _) = error else { return false }
        return expected == fixture.server.verifyingKey.fingerprint
      }
    }
    let long = try resealed(fixture.serverBytes) { $0.append(0) }
    #expect(throws: WireError.trailingBytes(source: "server.key", count: 1)) {
      try KeyFixture.readServer(long)
    }
  }

  @Test func sealedKeysCannotBeAltered() throws {
    let count = try payload(of: fixture.secretBytes).count
    for position in positions(count) {
      let forged = try resealed(fixture.secretBytes) { $0[position] ^= 1 << UInt8(position % 8) }
      #expect(throws: SecureMemoryError.self, "byte \(position)") {
        try fixture.readSecret(forged)
      }
    }
    let altered = SecureMemoryError.wrongPassphraseOrAltered(source: "secret.key")
    let renamed = try resealed(fixture.secretBytes, key: other.keys.publicKeys.fingerprint)
    #expect(throws: altered) { try fixture.readSecret(renamed) }
    let moved = try resealed(fixture.secretBytes, parameters: digest("another layout"))
    #expect(throws: altered) { try fixture.readSecret(moved) }
  }
}
