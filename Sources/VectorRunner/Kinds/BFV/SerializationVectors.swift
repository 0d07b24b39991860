import BFV
import Wire

/// Bytes that are read, checked, and written again.
struct SerializationVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let type: Serialized
  }

  /// What the bytes are of.
  enum Serialized: String, Decodable, Sendable {
    case ciphertext
    case seededCiphertext = "seeded_ciphertext"
    case secretKey = "secret_key"
    case publicKey = "public_key"
    case relinearizationKey = "relinearization_key"
    case galoisKeys = "galois_keys"
    case totals
  }

  struct Case: Decodable, Sendable {
    let bytes: HexBytes
    /// Of a ciphertext: its parts; of a seeded one with the second expanded.
    let ciphertext: CiphertextOutput?
    /// Of a secret key: its coefficients.
    let secret: [Int]?
    /// Of Galois keys: the automorphisms.
    let elements: [Int]?
    /// Of totals: their number.
    let count: Int?
  }

  static let name = "bfv.serialization"

  private let type: Serialized
  private let context: Context

  init(_ group: Group) throws {
    type = group.type
    context = try group.parameters.makeContext()
  }

  func run(_ vector: Case) throws {
    var reader = BoundedReader(vector.bytes.bytes[...], source: "vector")
    var writer = BoundedWriter()
    let announced = try rewrite(vector, from: &reader, to: &writer)
    try reader.finish()
    try VectorCheck.equal("bytes", writer.bytes, vector.bytes)
    if let announced { try VectorCheck.equal("bytes.count", writer.bytes.count, announced) }
  }

  /// Reads and writes. Gives the size that the type announces for its bytes, if it does.
  private func rewrite(
    _ vector: Case, from reader: inout BoundedReader, to writer: inout BoundedWriter
  ) throws -> Int? {
    switch type {
    case .ciphertext:
      let ciphertext = try Ciphertext(context: context, from: &reader)
      try vector.ciphertext?.check("ciphertext", ciphertext)
      ciphertext.write(to: &writer)
      return try Ciphertext.serializedByteCount(context: context, level: ciphertext.level)
    case .seededCiphertext:
      let seeded = try SeededCiphertext(context: context, from: &reader)
      try vector.ciphertext?.check("ciphertext", seeded.expanded())
      seeded.write(to: &writer)
      return SeededCiphertext.serializedByteCount(context: context)
    case .secretKey:
      let key = try SecretKey(context: context, from: &reader)
      let bytes = key.serialized().withUnsafeBytes { Array($0) }
      if let secret = vector.secret {
        try VectorCheck.equal("secret", bytes.map { Int(Int8(bitPattern: $0)) }, secret)
      }
      writer.append(bytes: bytes)
      return SecretKey.serializedByteCount(context: context)
    case .publicKey:
      try PublicKey(context: context, from: &reader).write(to: &writer)
      return PublicKey.serializedByteCount(context: context)
    case .relinearizationKey:
      try RelinearizationKey(context: context, from: &reader).write(to: &writer)
      return KeySwitchKey.serializedByteCount(context: context)
    case .galoisKeys:
      let keys = try GaloisKeys(context: context, from: &reader)
      if let elements = vector.elements {
        try VectorCheck.equal("elements", keys.elements, elements)
      }
      keys.write(to: &writer)
      return nil
    case .totals:
      let totals = try EncryptedTotals(context: context, from: &reader)
      if let count = vector.count { try VectorCheck.equal("count", totals.count, count) }
      totals.write(to: &writer)
      return nil
    }
  }
}
