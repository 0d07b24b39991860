import BigInteger
import Paillier

/// What follows from a key's primes.
struct PaillierKeyVectors: VectorKind {
  typealias Group = NoFields

  struct Case: Decodable, Sendable {
    let p: HexInteger
    let q: HexInteger
    let shortExponents: Bool
    let modulus: HexInteger?
    let bits: Int?
    let publicKey: HexBytes?
    let privateKey: HexBytes?
    let fingerprint: HexBytes?
    let largestSigned: HexInteger?
    /// Of keys for short exponents.
    let shortExponentBase: HexInteger?
  }

  static let name = "paillier.key"

  init(_ group: NoFields) {}

  func run(_ vector: Case) throws {
    let fields = PaillierKeyFields(
      p: vector.p, q: vector.q, shortExponents: vector.shortExponents)
    let key = try fields.privateKey()
    let publicKey = key.publicKey
    try VectorCheck.equal(
      "modulus", publicKey.modulus, VectorCheck.present("modulus", vector.modulus))
    try VectorCheck.equal("bits", publicKey.bitCount, VectorCheck.present("bits", vector.bits))
    try VectorCheck.equal(
      "public_key", publicKey.serialized(), VectorCheck.present("public_key", vector.publicKey))
    try VectorCheck.equal(
      "public_key", publicKey.serializedByteCount, publicKey.serialized().count)
    let serialized = key.serialized().withUnsafeBytes { Array($0) }
    try VectorCheck.equal(
      "private_key", serialized, VectorCheck.present("private_key", vector.privateKey))
    try VectorCheck.equal(
      "private_key", PrivateKey.serializedByteCount(bitCount: publicKey.bitCount),
      serialized.count)
    try VectorCheck.equal(
      "fingerprint", publicKey.fingerprint.bytes,
      VectorCheck.present("fingerprint", vector.fingerprint))
    try VectorCheck.equal(
      "largest_signed", publicKey.maximumSignedMagnitude,
      VectorCheck.present("largest_signed", vector.largestSigned))
    try VectorCheck.equal(
      "short_exponents", publicKey.supportsShortExponents, vector.shortExponents)
    if vector.shortExponents {
      // An encryption of 0 with the exponent 1.
      let base = try Encryptor(publicKey: publicKey).encryptInsecureForTesting(0, nonce: 1).value
      try VectorCheck.equal(
        "short_exponent_base", base,
        VectorCheck.present("short_exponent_base", vector.shortExponentBase))
    }
  }
}
