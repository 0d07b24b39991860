import BFV
import BigInteger
import ClaimKeys
import ClaimSchema
import Foundation
import Paillier
import SecureMemory
import Testing

@Suite struct SecretKeySetTests {
  private let fixture: KeyFixture

  init() throws { fixture = try KeyFixture.first.get() }

  @Test func everythingSurvivesTheFile() throws {
    let second = ServerKey().verifyingKey
    let pinned = try fixture.keys.pinning(second)
    let bytes = try pinned.sealed(passphrase: fixture.passphrase, cost: .insecureForTesting)
    let keys = try fixture.readSecret(bytes)
    #expect(keys.layout == fixture.keys.layout)
    #expect(keys.layout.schema == fixture.keys.layout.schema)
    #expect(
      keys.disclosure
        == DisclosureSettings(minimumCohort: 17, allowedAggregates: [.sum, .count]))
    let strict = DisclosureSettings(
      minimumCohort: 30, allowedAggregates: [.avg], protectsComplement: false,
      dominanceHundredths: 1250, roundingBase: 5,
      differentialPrivacy: DifferentialPrivacySettings(
        mechanism: .gaussian, epsilonMillionths: 250_000, deltaAttos: 7,
        budgetMillionths: 3_000_000))
    let sealed = try pinned.withDisclosureForTesting(strict).sealed(
      passphrase: fixture.passphrase, cost: .insecureForTesting)
    #expect(try fixture.readSecret(sealed).disclosure == strict)
    #expect(keys.pinnedServers == [fixture.server.verifyingKey, second])
    #expect(keys.publicKeys.serialized() == fixture.publicBytes)

    // The secrets are the same: what was encrypted under the public keys opens.
    let lattice = try #require(fixture.keys.publicKeys.lattice)
    let encoder = BatchEncoder(lattice.context)
    let values = (0..<Int64(1024)).map { 3 * $0 - 1000 }
    let ciphertext = try BFV.Encryptor(lattice).encrypt(encoder.encode(values))
    let secret = try #require(keys.lattice)
    let opened = try BFV.Decryptor(secret).decrypt(ciphertext)
    #expect(try encoder.decode(opened) == values)
    let paillier = try #require(fixture.keys.publicKeys.paillier)
    let number = try Paillier.Encryptor(publicKey: paillier).encrypt(signed: BigInteger(-77))
    #expect(try keys.paillier?.decryptSigned(number) == BigInteger(-77))

    // The signing key is the same too: evaluation keys made from it are the custodian's.
    let evaluation = keys.makeEvaluationKeys().serialized()
    #expect(
      try KeyFixture.readEvaluation(evaluation).publicKeys.fingerprint
        == fixture.keys.publicKeys.fingerprint)
  }

  @Test func serversArePinnedOnce() throws {
    let pinned = KeyError.alreadyPinned(fixture.server.verifyingKey.fingerprint)
    #expect(throws: pinned) { try fixture.keys.pinning(fixture.server.verifyingKey) }
    #expect(
      pinned.description.contains(fixture.server.verifyingKey.fingerprint.hexadecimal))
    let second = ServerKey().verifyingKey
    let keys = try fixture.keys.pinning(second)
    #expect(throws: KeyError.alreadyPinned(second.fingerprint)) { try keys.pinning(second) }
    #expect(fixture.keys.pinnedServers == [fixture.server.verifyingKey])
  }

  @Test func pinnedServersAreLimited() throws {
    var keys = fixture.keys
    for index in 1..<1024 {
      let bytes = digest("server \(index)").bytes
      keys = try keys.pinning(try #require(VerifyingKey(bytes: bytes)))
    }
    let one = ServerKey().verifyingKey
    #expect(throws: KeyError.tooManyPinnedKeys(limit: 1024)) { try keys.pinning(one) }
    let bytes = try keys.sealed(passphrase: fixture.passphrase, cost: .insecureForTesting)
    #expect(try fixture.readSecret(bytes).pinnedServers == keys.pinnedServers)
  }

  @Test func keysThatSuppressNothingAreMadeOnPurpose() throws {
    let schema = try Schema.parse(
      yaml: KeyFixture.schemaText.replacingOccurrences(of: "cohort: 17", with: "cohort: 1"),
      source: "fixture.yaml")
    let layout = try TableLayout(insecureForTesting: schema, degree: 1024)
    let server = ServerKey().verifyingKey
    #expect(throws: KeyError.suppressionNotWaived) {
      try SecretKeySet.generate(for: layout, server: server)
    }
    let waived = try SecretKeySet.generate(for: layout, server: server, suppressionWaived: true)
    #expect(waived.disclosure.minimumCohort == 1)
    let manifold = try Schema.parse(
      yaml: KeyFixture.schemaText + "\ndominance: 10\nrounding: 5\ncomplement: true\n"
        + "differential_privacy: { mechanism: laplace, epsilon: 1, budget: 2 }\n",
      source: "fixture.yaml")
    let free = try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: manifold, degree: 1024), server: server,
      suppressionWaived: true)
    #expect(
      free.disclosure
        == DisclosureSettings(minimumCohort: 1, allowedAggregates: [.sum, .count]))
    let strict = try SecretKeySet.generate(
      for: fixture.keys.layout, server: server, suppressionWaived: true)
    let bytes = try strict.sealed(passphrase: fixture.passphrase, cost: .insecureForTesting)
    let read = try fixture.readSecret(bytes)
    #expect(
      read.disclosure
        == DisclosureSettings(minimumCohort: 1, allowedAggregates: [.sum, .count]))
    #expect(read.layout.schema.disclosure.minimumCohort == 17)
  }

  @Test func onlyThePassphraseOpens() throws {
    let wrong = ["correct horse battery stapl", "correct horse battery staple ", "x"]
    for text in wrong {
      #expect(throws: SecureMemoryError.wrongPassphraseOrAltered(source: "secret.key")) {
        try SecretKeySet(
          sealed: fixture.secretBytes, passphrase: SecureBytes(copying: Array(text.utf8)),
          source: "secret.key", allowsTesting: true)
      }
    }
    let empty = SecureBytes(count: 0)
    #expect(throws: SecureMemoryError.emptyPassphrase) {
      try fixture.keys.sealed(passphrase: empty, cost: .insecureForTesting)
    }
    #expect(throws: SecureMemoryError.emptyPassphrase) {
      try SecretKeySet(
        sealed: fixture.secretBytes, passphrase: empty, source: "secret.key", allowsTesting: true)
    }
  }

  @Test func noFileHoldsASecretInClear() throws {
    let lattice = try #require(fixture.keys.lattice).serialized().withUnsafeBytes { Data($0) }
    let paillier = try #require(fixture.keys.paillier).serialized().withUnsafeBytes { Data($0) }
    // p and q come after five bytes.
    let primes = [paillier.dropFirst(5).prefix(32), paillier.suffix(32)]
    let modulus = try #require(fixture.keys.publicKeys.paillier).modulus
    #expect(
      BigInteger(bigEndianBytes: primes[0]) * BigInteger(bigEndianBytes: primes[1]) == modulus)

    var needles = stride(from: 0, to: lattice.count, by: 16).map { Data(lattice[$0..<$0 + 16]) }
    for prime in primes {
      // Either byte order, and in halves.
      for bytes in [Data(prime), Data(prime.reversed())] {
        needles += [bytes, Data(bytes.prefix(16)), Data(bytes.suffix(16))]
      }
    }
    #expect(needles.count == 64 + 12)
    let files = [
      fixture.publicBytes, fixture.evaluationBytes, fixture.secretBytes, fixture.serverBytes,
    ].map { Data($0) }
    for needle in needles {
      #expect((files[2] + needle).range(of: needle) != nil)
      for file in files { #expect(file.range(of: needle) == nil) }
    }
    // The server's seed is in its own file and in no other; the schema is sealed.
    let seed = fixture.server.signingKey.withSeed { Data($0) }
    #expect(files.map { $0.range(of: seed) != nil } == [false, false, false, true])
    #expect(files[2].range(of: Data("minimum_cohort".utf8)) == nil)
    #expect(files[2].range(of: Data("copay".utf8)) == nil)
  }
}
