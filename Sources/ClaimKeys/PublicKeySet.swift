import BFV
import ClaimSchema
import Paillier
import SecureMemory
import Wire

/// The public keys of both schemes for one schema, signed by the custodian: the file `public.key`.
public struct PublicKeySet: Sendable {
  /// The layout of the tables that are encrypted under it.
  public let layoutFingerprint: Digest
  /// The fingerprint of the schema without its disclosure settings.
  public let schemaFingerprint: Digest
  /// The lattice key, if the schema has encrypted columns.
  public let lattice: BFV.PublicKey?
  /// The Paillier key, if the schema has Paillier columns.
  public let paillier: Paillier.PublicKey?
  /// The custodian's key, which signs all key files.
  public let custodian: VerifyingKey
  /// Identifies this set in every file; `encrypt` shows it and can be told to expect it.
  public let fingerprint: Digest
  package let isTesting: Bool
  private let signed: SignedBody

  private static let version: UInt16 = 1
  /// What the custodian's signature is for.
  package static let context = "Cryptally public key"
  private static let fileLimit = 1 << 28

  init(
    layout: TableLayout, lattice: BFV.PublicKey?, paillier: Paillier.PublicKey?,
    signingKey: SigningKey
  ) {
    layoutFingerprint = layout.fingerprint
    schemaFingerprint = layout.schema.fingerprint
    self.lattice = lattice
    self.paillier = paillier
    custodian = signingKey.verifyingKey
    isTesting = layout.isInsecureForTesting
    var writer = BoundedWriter()
    writer.append(schemaFingerprint)
    writer.append(bytes: custodian.bytes)
    writer.append(lattice != nil)
    if let lattice {
      lattice.context.parameters.write(to: &writer)
      lattice.write(to: &writer)
    }
    writer.append(paillier != nil)
    if let paillier { writer.append(lengthPrefixed: paillier.serialized()) }
    signed = SignedBody(signing: writer.bytes, context: PublicKeySet.context, with: signingKey)
    fingerprint = Digest.of(signed.body, domain: PublicKeySet.context)
  }

  /// Checks that a schema is the one that the keys were made for, and gives its layout.
  ///
  /// - Throws: `KeyError.schemaMismatch`.
  public func layout(for schema: Schema) throws -> TableLayout {
    guard schema.fingerprint == schemaFingerprint else {
      throw KeyError.schemaMismatch(
        what: "the schema", expected: schemaFingerprint, found: schema.fingerprint)
    }
    let layout = try TableLayout(
      schema: schema, parameters: lattice?.context.parameters,
      paillierBits: paillier?.bitCount ?? PrivateKey.defaultBitCount)
    guard layout.fingerprint == layoutFingerprint else {
      throw KeyError.schemaMismatch(
        what: "the public key", expected: layout.fingerprint, found: layoutFingerprint)
    }
    return layout
  }

  /// - Throws: `KeyError.unexpectedFingerprint`.
  public func expect(fingerprint expected: Digest) throws(KeyError) {
    guard fingerprint == expected else {
      throw .unexpectedFingerprint(expected: expected, found: fingerprint)
    }
  }

  /// The file's bytes.
  public func serialized() -> [UInt8] {
    Envelope.seal(
      kind: .publicKey, version: PublicKeySet.version, isTesting: isTesting,
      parameterFingerprint: layoutFingerprint, keyFingerprint: fingerprint,
      payload: signed.payload)
  }

  /// Reads a file's bytes, checks every field and the custodian's signature.
  ///
  /// - Parameter source: the file's name, for errors.
  /// - Throws: `WireError`, `KeyError.badSignature`, `PaillierError`.
  public init(serialized bytes: [UInt8], source: String) throws {
    try self.init(serialized: bytes, source: source, allowsTesting: false)
  }

  package init(serialized bytes: [UInt8], source: String, allowsTesting: Bool) throws {
    let envelope = try Envelope.open(
      bytes, expecting: .publicKey, source: source, allowsTesting: allowsTesting)
    signed = try SignedBody(envelope.payload, source: source)
    fingerprint = Digest.of(signed.body, domain: PublicKeySet.context)
    layoutFingerprint = envelope.parameterFingerprint
    isTesting = envelope.isTesting
    guard envelope.keyFingerprint == fingerprint else {
      throw KeyError.keyMismatch(
        what: source, expected: envelope.keyFingerprint, found: fingerprint)
    }
    var reader = BoundedReader(signed.body[...], source: source)
    schemaFingerprint = try reader.readDigest(field: "schema fingerprint")
    custodian = try VerifyingKey(from: &reader, field: "custodian's key")
    guard signed.isSigned(by: custodian, context: PublicKeySet.context) else {
      throw KeyError.badSignature(source: source)
    }
    if try reader.readBool(field: "lattice key flag") {
      let context = try PublicKeySet.readContext(&reader, allowsTesting: allowsTesting)
      lattice = try BFV.PublicKey(context: context, from: &reader)
    } else {
      lattice = nil
    }
    if try reader.readBool(field: "Paillier key flag") {
      let serialized = try reader.readLengthPrefixed(limit: 4096, field: "Paillier key")
      paillier =
        allowsTesting
        ? try Paillier.PublicKey(serializedInsecureForTesting: serialized, source: source)
        : try Paillier.PublicKey(serialized: serialized, source: source)
    } else {
      paillier = nil
    }
    try reader.finish()
  }

  private static func readContext(
    _ reader: inout BoundedReader, allowsTesting: Bool
  ) throws -> Context {
    do {
      return try Context(EncryptionParameters(from: &reader, allowsTesting: allowsTesting))
    } catch let error as ParameterError {
      throw reader.invalid(field: "lattice parameters", problem: error.description)
    }
  }

  /// Reads the file.
  ///
  /// - Throws: as `init(serialized:source:)`, and `SecureMemoryError`.
  public init(contentsOf path: String) throws {
    try self.init(
      serialized: AtomicFile.read(path, limit: PublicKeySet.fileLimit), source: path)
  }
}

extension VerifyingKey {
  init(from reader: inout BoundedReader, field: String) throws(WireError) {
    let bytes = try reader.readBytes(count: VerifyingKey.byteCount, field: field)
    guard let key = VerifyingKey(bytes: bytes) else {
      throw reader.invalid(field: field, problem: "it is not an Ed25519 key")
    }
    self = key
  }
}
