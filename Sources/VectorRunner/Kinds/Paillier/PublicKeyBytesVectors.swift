import Paillier

/// Public keys as bytes.
struct PublicKeyBytesVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let admits: AdmittedSizes
  }

  struct Case: Decodable, Sendable {
    let bytes: HexBytes
    let modulus: HexInteger?
    let shortExponents: Bool?
    let fingerprint: HexBytes?
  }

  static let name = "paillier.public-key"

  private let admits: AdmittedSizes

  init(_ group: Group) { admits = group.admits }

  func run(_ vector: Case) throws {
    let (bytes, source) = (vector.bytes.bytes[...], "public.key")
    let key =
      switch admits {
      case .testing: try PublicKey(serializedInsecureForTesting: bytes, source: source)
      case .production: try PublicKey(serialized: bytes, source: source)
      }
    try VectorCheck.equal(
      "modulus", key.modulus, VectorCheck.present("modulus", vector.modulus))
    try VectorCheck.equal(
      "short_exponents", key.supportsShortExponents,
      VectorCheck.present("short_exponents", vector.shortExponents))
    try VectorCheck.equal(
      "fingerprint", key.fingerprint.bytes,
      VectorCheck.present("fingerprint", vector.fingerprint))
    try VectorCheck.equal("bytes", key.serialized(), vector.bytes)
  }
}
