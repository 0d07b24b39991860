import ClaimKeys
import ClaimSchema
import SecureMemory
import Wire

/// The keys, without security, that the inputs of decoders are sealed under.
struct DecoderFixture: Sendable {
  let schema: Schema
  let keys: SecretKeySet
  let server: ServerKey

  /// Every type of column under every protection that it can have.
  static let schemaText = """
    table: claims
    capacity: 1000
    depth: 2
    minimum_cohort: 11
    products: [[days, paid], [paid, paid]]
    indexes: [[sex, race]]
    columns:
      ID: { type: text, protect: drop }
      NOTE: { type: text, protect: clear }
      SITE: { type: category, protect: clear }
      PROVIDER: { type: code, length: 4, protect: clear, pad: 4 }
      AGE: { type: integer, range: [-100, 200], protect: clear }
      DUE: { type: money, scale: 2, range: [-1000, 1000], protect: clear, decimal: "," }
      BORN: { type: date, format: [yyyyMMdd, d.M.yyyy, ddMMMyyyy], protect: clear,
              null_dates: [9999-12-31] }
      SEX: { type: category, values: ["1", "2"], protect: encrypted, nullable: false }
      RACE: { type: category, values: ["1", "2", "ä"], protect: encrypted }
      DRG: { type: code, alphabet: ["0-9O", "0-9T", "0-9"], protect: encrypted, pad: 3 }
      ADMITTED: { type: date, format: yyyyMMdd, range: [2008-11-20, 2009-03-10],
                  protect: encrypted }
      DAYS: { type: integer, range: [0, 99], use: [filter, sum], protect: encrypted }
      PAID: { type: money, scale: 2, range: [-100.00, 200.00], bands: [0, 0.01, 50.00],
              use: [filter, sum], protect: encrypted }
      COPAY: { type: money, scale: 2, range: [0, 5.00], protect: paillier }
      UNITS: { type: integer, range: [0, 9], protect: paillier, nullable: false }
    """

  static let shared = Result { try DecoderFixture() }

  private init() throws {
    schema = try Schema.parse(yaml: DecoderFixture.schemaText, source: "fixture.yaml")
    server = ServerKey()
    keys = try SecretKeySet.generate(
      for: TableLayout(insecureForTesting: schema, degree: 32, paillierBits: 256),
      server: server.verifyingKey)
  }

  /// Whether bytes begin as a file of ours does: then they are the file, else what is in it.
  static func isFile(_ input: [UInt8]) -> Bool { input.starts(with: Array("CRYPTALY".utf8)) }

  /// A file that holds this payload.
  func file(_ kind: WireKind, version: UInt16 = 1, payload: [UInt8]) -> [UInt8] {
    Envelope.seal(
      kind: kind, version: version, isTesting: true,
      parameterFingerprint: keys.layout.fingerprint, keyFingerprint: keys.publicKeys.fingerprint,
      payload: payload)
  }
}
