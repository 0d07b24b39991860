import Paillier

/// Paillier public keys in files of their own.
struct PaillierPublicKeyVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let modulus: String?
    let modulusBits: Int?
    let shortExponents: Bool?
    let fingerprint: HexBytes?
  }

  static let name = "format.paillier-public-key"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let key =
      group.acceptsTesting == true
      ? try PublicKey(fileBytes: bytes, source: FileGroup.source, allowsTesting: true)
      : try PublicKey(fileBytes: bytes, source: FileGroup.source)
    guard let fingerprint = vector.fingerprint else { return }
    try VectorCheck.equal("modulus", key.modulus.hexadecimal, vector.modulus)
    try VectorCheck.equal("modulus_bits", key.bitCount, vector.modulusBits)
    try VectorCheck.equal("short_exponents", key.supportsShortExponents, vector.shortExponents)
    try VectorCheck.equal("fingerprint", key.fingerprint.bytes, fingerprint)
    try VectorCheck.equal("written", key.fileBytes(), bytes)
  }
}
