import BFV
import ClaimKeys
import ClaimQuery
import SecureMemory
import Wire

/// The keys of a story's parties, compared with the vector.
struct StoryKeys {
  let custodian: SecretKeySet
  let evaluation: EvaluationKeySet
  let server: ServerKey

  init(_ vector: StoryCase.Keys, layout: TableLayout) throws {
    server = try ServerKey(serialized: vector.serverFile.bytes, source: "server file")
    try VectorCheck.equal("keys.server_file", server.serialized(), vector.serverFile)
    var source = SeedExpander(vectorSeed: vector.seed)
    custodian = try SecretKeySet.generate(
      for: layout, server: server.verifyingKey,
      suppressionWaived: layout.schema.disclosure.minimumCohort == 1,
      insecureForTesting: &source)
    source = SeedExpander(vectorSeed: vector.evaluationSeed)
    evaluation = custodian.makeEvaluationKeys(insecureForTesting: &source)
    try check(vector)
  }

  private func check(_ vector: StoryCase.Keys) throws {
    let publicKeys = custodian.publicKeys
    try StoryKeys.check(
      "keys.lattice_secret", custodian.lattice.map { $0.serialized().withUnsafeBytes(Array.init) },
      vector.latticeSecret)
    try StoryKeys.check(
      "keys.lattice_public", StoryKeys.bytes { publicKeys.lattice?.write(to: &$0) },
      vector.latticePublic)
    try StoryKeys.check(
      "keys.relinearization", StoryKeys.bytes { evaluation.relinearization?.write(to: &$0) },
      vector.relinearization)
    try StoryKeys.check(
      "keys.galois", StoryKeys.bytes { evaluation.galois?.write(to: &$0) }, vector.galois)
    let primes = custodian.paillier.map { $0.serialized().withUnsafeBytes(Array.init) }
    try VectorCheck.equal(
      "keys.paillier_secret is there", primes != nil, vector.paillierSecret != nil)
    if let primes, let secret = vector.paillierSecret {
      try VectorCheck.equal("keys.paillier_secret", primes, secret)
    }
    try VectorCheck.equal("keys.custodian", publicKeys.custodian.bytes, vector.custodian)
    try VectorCheck.equal("keys.fingerprint", publicKeys.fingerprint.bytes, vector.fingerprint)
    try VectorCheck.digest("keys.public_file", publicKeys.serialized(), vector.publicFile)
    try VectorCheck.digest(
      "keys.evaluation_file", evaluation.serialized(), vector.evaluationFile)
  }

  /// What is written; nil for nothing.
  private static func bytes(_ write: (inout BoundedWriter) -> Void) -> [UInt8]? {
    var writer = BoundedWriter()
    write(&writer)
    return writer.bytes.isEmpty ? nil : writer.bytes
  }

  private static func check(
    _ field: String, _ found: [UInt8]?, _ expected: HexBytes?
  ) throws(VectorMismatch) {
    try VectorCheck.equal("\(field) is there", found != nil, expected != nil)
    if let found, let expected { try VectorCheck.digest(field, found, expected) }
  }

  /// An answer as a custodian reads it.
  func answer(in bytes: [UInt8]) throws -> EncryptedAnswer {
    try EncryptedAnswer(
      serialized: bytes, source: "answer", publicKeys: custodian.publicKeys, allowsTesting: true)
  }
}
