import BFV
import ClaimSchema
import Paillier
import SecureMemory
import Wire

/// The custodian's secrets and what they may be used for: the file `secret.key`.
///
/// The schema, the disclosure policy and the pinned server keys are sealed together with the secrets,
/// so neither a query, a table nor an answer can loosen them.
public final class SecretKeySet: Sendable {
  /// The layout of the tables under these keys, with the schema.
  public let layout: TableLayout
  /// What may be released.
  public let disclosure: DisclosureSettings
  /// The servers whose answers are opened.
  public let pinnedServers: [VerifyingKey]
  /// The public halves.
  public let publicKeys: PublicKeySet
  package let lattice: BFV.SecretKey?
  package let paillier: Paillier.PrivateKey?
  /// Signs keys and the ledger.
  package let signingKey: SigningKey

  private static let version: UInt16 = 1
  private static let fileLimit = 1 << 28
  private static let pinLimit = 1024

  private init(
    layout: TableLayout, disclosure: DisclosureSettings, pinnedServers: [VerifyingKey],
    publicKeys: PublicKeySet, lattice: BFV.SecretKey?, paillier: Paillier.PrivateKey?,
    signingKey: SigningKey
  ) {
    self.layout = layout
    self.disclosure = disclosure
    self.pinnedServers = pinnedServers
    self.publicKeys = publicKeys
    self.lattice = lattice
    self.paillier = paillier
    self.signingKey = signingKey
  }

  /// Generates keys for a schema's layout, with one server pinned.
  ///
  /// - Parameters:
  ///   - layout: derived from the schema.
  ///   - server: the evaluating server's public half.
  ///   - suppressionWaived: makes a key whose policy withholds nothing, whatever the schema says.
  /// - Throws: `KeyError.suppressionNotWaived`, `ParameterError`, `PaillierError`.
  public static func generate(
    for layout: TableLayout, server: VerifyingKey, suppressionWaived: Bool = false
  ) throws -> SecretKeySet {
    var source = SystemRandomSource()
    return try generate(
      for: layout, server: server, suppressionWaived: suppressionWaived, using: &source)
  }

  /// The same from a given source of randomness, for vectors and tests: it gives the lattice secret, the
  /// Paillier primes, the 32 bytes of the signing key's seed, and what the lattice's public key takes.
  ///
  /// - Parameter layout: one without security, so that every file of these keys says so.
  package static func generate(
    for layout: TableLayout, server: VerifyingKey, suppressionWaived: Bool = false,
    insecureForTesting source: inout some RandomSource
  ) throws -> SecretKeySet {
    precondition(layout.isInsecureForTesting)
    return try generate(
      for: layout, server: server, suppressionWaived: suppressionWaived, using: &source)
  }

  private static func generate(
    for layout: TableLayout, server: VerifyingKey, suppressionWaived: Bool,
    using source: inout some RandomSource
  ) throws -> SecretKeySet {
    let settings = layout.schema.disclosure
    guard settings.minimumCohort > 1 || suppressionWaived else {
      throw KeyError.suppressionNotWaived
    }
    let disclosure =
      suppressionWaived
      ? DisclosureSettings(minimumCohort: 1, allowedAggregates: settings.allowedAggregates)
      : settings
    let lattice = try layout.parameters.map {
      BFV.SecretKey(try Context($0), insecureForTesting: &source)
    }
    let paillier = try layout.packing.map { packing in
      layout.isInsecureForTesting
        ? try PrivateKey.generateInsecureForTesting(
          bitCount: packing.modulusBitCount, using: &source)
        : try PrivateKey.generate(bitCount: packing.modulusBitCount)
    }
    let seed = SecureBytes(count: SigningKey.seedByteCount)
    seed.withUnsafeMutableBytes { source.fill($0) }
    let signingKey = try SigningKey(seed: seed)
    let publicKeys = PublicKeySet(
      layout: layout,
      lattice: lattice.map { BFV.PublicKey(for: $0, insecureForTesting: &source) },
      paillier: paillier?.publicKey, signingKey: signingKey)
    return SecretKeySet(
      layout: layout, disclosure: disclosure, pinnedServers: [server], publicKeys: publicKeys,
      lattice: lattice, paillier: paillier, signingKey: signingKey)
  }

  /// The keys that a server evaluates with. Galois keys are among them only where the schema's
  /// queries can need packing.
  public func makeEvaluationKeys() -> EvaluationKeySet {
    var source = SystemRandomSource()
    return makeEvaluationKeys(using: &source)
  }

  /// The same from a given source of randomness, for vectors and tests: it gives what the
  /// relinearization key takes, then what the Galois keys take. Only for keys without security.
  package func makeEvaluationKeys(
    insecureForTesting source: inout some RandomSource
  ) -> EvaluationKeySet {
    precondition(publicKeys.isTesting)
    return makeEvaluationKeys(using: &source)
  }

  private func makeEvaluationKeys(
    using source: inout some RandomSource
  ) -> EvaluationKeySet {
    EvaluationKeySet(
      publicKeys: publicKeys,
      relinearization: lattice.map { RelinearizationKey(for: $0, insecureForTesting: &source) },
      galois: layout.needsPacking
        ? lattice.map {
          GaloisKeys(
            for: $0, elements: GaloisKeys.packingElements(degree: $0.context.parameters.degree),
            insecureForTesting: &source)
        } : nil,
      signingKey: signingKey)
  }

  /// The same keys with one more pinned server.
  ///
  /// - Throws: `KeyError.alreadyPinned`, `.tooManyPinnedKeys`.
  public func pinning(_ server: VerifyingKey) throws(KeyError) -> SecretKeySet {
    guard !pinnedServers.contains(server) else { throw .alreadyPinned(server.fingerprint) }
    guard pinnedServers.count < SecretKeySet.pinLimit else {
      throw .tooManyPinnedKeys(limit: SecretKeySet.pinLimit)
    }
    return replacing(disclosure: disclosure, pinnedServers: pinnedServers + [server])
  }

  /// The same keys under another policy, for tests that compare policies.
  package func withDisclosureForTesting(_ disclosure: DisclosureSettings) -> SecretKeySet {
    replacing(disclosure: disclosure, pinnedServers: pinnedServers)
  }

  private func replacing(
    disclosure: DisclosureSettings, pinnedServers: [VerifyingKey]
  ) -> SecretKeySet {
    SecretKeySet(
      layout: layout, disclosure: disclosure, pinnedServers: pinnedServers,
      publicKeys: publicKeys, lattice: lattice, paillier: paillier, signingKey: signingKey)
  }

  /// The file's bytes, sealed under a passphrase. The envelope in clear holds only fingerprints.
  ///
  /// - Throws: `SecureMemoryError`.
  public func sealed(passphrase: SecureBytes) throws -> [UInt8] {
    try sealed(passphrase: passphrase, cost: .standard)
  }

  package func sealed(passphrase: SecureBytes, cost: PassphraseCost) throws -> [UInt8] {
    var source = SystemRandomSource()
    return try sealed(passphrase: passphrase, cost: cost, insecureForTesting: &source)
  }

  /// Sealed with the salt and the nonce that a source gives.
  package func sealed(
    passphrase: SecureBytes, cost: PassphraseCost,
    insecureForTesting source: inout some RandomSource
  ) throws -> [UInt8] {
    let box = try SealedBox.seal(
      content(), passphrase: passphrase,
      associatedData: SecretKeySet.associatedData(publicKeys), cost: cost,
      insecureForTesting: &source)
    return Envelope.seal(
      kind: .secretKey, version: SecretKeySet.version, isTesting: publicKeys.isTesting,
      parameterFingerprint: layout.fingerprint, keyFingerprint: publicKeys.fingerprint,
      payload: box)
  }

  /// What is sealed.
  package func content() -> SecureBytes {
    let publicBytes = publicKeys.serialized()
    let latticeSecret = lattice?.serialized()
    let paillierSecret = paillier?.serialized()
    // Growing would leave copies of the secrets behind: everything below fits the reserve.
    var writer = BoundedWriter(
      reservingCapacity: layout.schema.canonicalText.utf8.count
        + disclosure.canonicalText.utf8.count + publicBytes.count
        + pinnedServers.count * VerifyingKey.byteCount + (latticeSecret?.count ?? 0)
        + (paillierSecret?.count ?? 0) + 1024)
    writer.append(string: layout.schema.canonicalText)
    writer.append(string: disclosure.canonicalText)
    writer.append(UInt32(pinnedServers.count))
    for server in pinnedServers { writer.append(bytes: server.bytes) }
    writer.append(lengthPrefixed: publicBytes)
    signingKey.withSeed { seed in seed.withUnsafeBytes { writer.append(bytes: $0) } }
    latticeSecret?.withUnsafeBytes { writer.append(bytes: $0) }
    if let paillierSecret {
      writer.append(UInt32(paillierSecret.count))
      paillierSecret.withUnsafeBytes { writer.append(bytes: $0) }
    }
    return writer.moveToSecureBytes()
  }

  /// Opens a file's bytes.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `SecureMemoryError.wrongPassphraseOrAltered`, `WireError`, `KeyError`,
  ///   `ParameterError`, `SchemaError`, `PaillierError`.
  public convenience init(
    sealed bytes: [UInt8], passphrase: SecureBytes, source: String
  ) throws {
    try self.init(sealed: bytes, passphrase: passphrase, source: source, allowsTesting: false)
  }

  package convenience init(
    sealed bytes: [UInt8], passphrase: SecureBytes, source: String, allowsTesting: Bool
  ) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .secretKey, source: source, allowsTesting: allowsTesting)
    let secret = try SealedBox.open(
      Array(envelope.payload), passphrase: passphrase,
      associatedData: SecretKeySet.associatedData(
        layout: envelope.parameterFingerprint, key: envelope.keyFingerprint),
      source: source)
    try self.init(
      content: secret, key: envelope.keyFingerprint, source: source, allowsTesting: allowsTesting)
    guard envelope.isTesting == publicKeys.isTesting else {
      throw KeyError.inconsistent(source: source, part: "the mark of keys made for tests")
    }
  }

  /// Reads what `content` gave.
  ///
  /// - Parameter key: the fingerprint of the public keys that it must be of.
  package convenience init(
    content: SecureBytes, key: Digest, source: String, allowsTesting: Bool
  ) throws {
    let keys = try content.withWipedCopy { content in
      var reader = BoundedReader(content[...], source: source)
      let keys = try SecretKeySet.read(
        &reader, key: key, source: source, allowsTesting: allowsTesting)
      try reader.finish()
      return keys
    }
    self.init(
      layout: keys.layout, disclosure: keys.disclosure, pinnedServers: keys.pinnedServers,
      publicKeys: keys.publicKeys, lattice: keys.lattice, paillier: keys.paillier,
      signingKey: keys.signingKey)
  }

  private static func read(
    _ reader: inout BoundedReader, key: Digest, source: String, allowsTesting: Bool
  ) throws -> SecretKeySet {
    let schema = try Schema.parse(
      yaml: reader.readString(limit: 1 << 20, field: "schema"), source: source)
    let disclosure = try DisclosureSettings(
      canonicalText: reader.readString(limit: 1 << 16, field: "disclosure policy"), source: source)
    let pinned = try (0..<reader.readCount(atMost: pinLimit, field: "server keys"))
      .map { _ in try VerifyingKey(from: &reader, field: "server key") }
    let publicKeys = try PublicKeySet(
      serialized: Array(reader.readLengthPrefixed(limit: fileLimit, field: "public key")),
      source: source, allowsTesting: allowsTesting)
    guard publicKeys.fingerprint == key else {
      throw KeyError.keyMismatch(what: source, expected: key, found: publicKeys.fingerprint)
    }
    let signingKey = try SigningKey(
      seed: reader.readSecret(count: SigningKey.seedByteCount, field: "signing key"))
    guard signingKey.verifyingKey == publicKeys.custodian else {
      throw KeyError.inconsistent(source: source, part: "the signing key")
    }
    let lattice = try publicKeys.lattice.map {
      try BFV.SecretKey(context: $0.context, from: &reader)
    }
    let paillier = try publicKeys.paillier.map { _ in
      let count = try reader.readCount(atMost: 4096, field: "Paillier secret size")
      let serialized = try reader.readSecret(count: count, field: "Paillier secret")
      return allowsTesting
        ? try PrivateKey(serializedInsecureForTesting: serialized, source: source)
        : try PrivateKey(serialized: serialized, source: source)
    }
    guard paillier?.publicKey == publicKeys.paillier else {
      throw KeyError.inconsistent(source: source, part: "the Paillier secret")
    }
    return SecretKeySet(
      layout: try publicKeys.layout(for: schema), disclosure: disclosure, pinnedServers: pinned,
      publicKeys: publicKeys, lattice: lattice, paillier: paillier, signingKey: signingKey)
  }

  /// Opens the file.
  ///
  /// - Throws: as `init(sealed:passphrase:source:)`.
  public convenience init(contentsOf path: String, passphrase: SecureBytes) throws {
    try self.init(
      sealed: AtomicFile.read(path, limit: SecretKeySet.fileLimit), passphrase: passphrase,
      source: path)
  }

  private static func associatedData(_ publicKeys: PublicKeySet) -> [UInt8] {
    associatedData(layout: publicKeys.layoutFingerprint, key: publicKeys.fingerprint)
  }

  private static func associatedData(layout: Digest, key: Digest) -> [UInt8] {
    Array("Cryptally secret key".utf8) + layout.bytes + key.bytes
  }
}

extension BoundedReader {
  /// The next bytes in memory that is wiped.
  fileprivate mutating func readSecret(
    count: Int, field: String
  ) throws(WireError) -> SecureBytes {
    try readBytes(count: count, field: field).withUnsafeBytes { SecureBytes(copying: $0) }
  }
}
