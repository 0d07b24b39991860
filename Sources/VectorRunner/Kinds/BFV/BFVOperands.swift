import BFV
import Lattice
import SecureMemory
import Wire

/// A ciphertext that a case gives: the bytes of one, or a seed from which its values are drawn.
struct CiphertextInput: Decodable, Sendable {
  private enum Content: Sendable {
    case bytes(HexBytes)
    case uniform(seed: HexBytes, level: Int, partCount: Int)
  }

  private enum CodingKeys: CodingKey {
    case bytes
    case seed
    case level
    case partCount
    case foreign
  }

  private let content: Content
  private let isForeign: Bool

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    isForeign = try container.decodeIfPresent(Bool.self, forKey: .foreign) ?? false
    if let bytes = try container.decodeIfPresent(HexBytes.self, forKey: .bytes) {
      content = .bytes(bytes)
    } else {
      content = .uniform(
        seed: try container.decode(HexBytes.self, forKey: .seed),
        level: try container.decode(Int.self, forKey: .level),
        partCount: try container.decode(Int.self, forKey: .partCount))
    }
  }

  func ciphertext(in ring: BFVRing) throws -> Ciphertext {
    let context = try ring.context(isForeign: isForeign)
    switch content {
    case .bytes(let bytes):
      return try CiphertextInput.read(bytes, context)
    case .uniform(let seed, let level, let partCount):
      let basis = try context.basis(level: level)
      var source = SeedExpander(vectorSeed: seed)
      let parts = (0..<partCount).map { _ in
        Samplers.uniform(basis: basis, form: Evaluation.self, using: &source)
      }
      return Ciphertext(parts: parts, fingerprint: context.fingerprint)
    }
  }

  /// As `Ciphertext.init(context:from:)`, but with any number of parts.
  private static func read(_ bytes: HexBytes, _ context: Context) throws -> Ciphertext {
    var reader = BoundedReader(bytes.bytes[...], source: "vector")
    let basis = try context.basis(level: Int(reader.readUInt8(field: "level")))
    let partCount = try reader.readUInt8(field: "part count")
    var parts: [RNSPolynomial<Evaluation>] = []
    for _ in 0..<partCount {
      parts.append(try RNSPolynomial(basis: basis, from: &reader, field: "part"))
    }
    try reader.finish()
    return Ciphertext(parts: parts, fingerprint: context.fingerprint)
  }
}

extension [CiphertextInput] {
  func ciphertexts(in ring: BFVRing) throws -> [Ciphertext] {
    try map { try $0.ciphertext(in: ring) }
  }
}

/// A plaintext that a case gives.
struct PlaintextInput: Decodable, Sendable {
  let coefficients: [HexWord]
  let foreign: Bool?

  func plaintext(in ring: BFVRing) throws(VectorMismatch) -> Plaintext {
    let context = try ring.context(isForeign: foreign ?? false)
    return Plaintext(coefficients: coefficients.values, fingerprint: context.fingerprint)
  }
}

/// A ciphertext that a case expects: the coefficients of its parts, or the digest of its bytes.
struct CiphertextOutput: Decodable, Sendable {
  private enum Content: Sendable {
    /// Part by part, limb by limb.
    case parts([[[HexWord]]])
    case digest(HexBytes)
  }

  private enum CodingKeys: CodingKey {
    case level
    case parts
    case digest
  }

  private let level: Int
  private let content: Content

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    level = try container.decode(Int.self, forKey: .level)
    if let parts = try container.decodeIfPresent([[[HexWord]]].self, forKey: .parts) {
      content = .parts(parts)
    } else {
      content = .digest(try container.decode(HexBytes.self, forKey: .digest))
    }
  }

  func check(_ field: String, _ found: Ciphertext) throws(VectorMismatch) {
    try VectorCheck.equal("\(field).level", found.level, level)
    switch content {
    case .parts(let parts):
      try VectorCheck.equal("\(field).parts.count", found.partCount, parts.count)
      for (index, (ours, theirs)) in zip(found.parts, parts).enumerated() {
        try VectorCheck.equal(
          "\(field).parts[\(index)]", ours.coefficients().residues, theirs.flatMap { $0 })
      }
    case .digest(let digest):
      var writer = BoundedWriter()
      found.write(to: &writer)
      try VectorCheck.digest("\(field).digest", writer.bytes, digest)
    }
  }
}

extension [CiphertextOutput] {
  func check(_ field: String, _ found: [Ciphertext]) throws(VectorMismatch) {
    try VectorCheck.equal("\(field).count", found.count, count)
    for (index, (ours, theirs)) in zip(found, self).enumerated() {
      try theirs.check("\(field)[\(index)]", ours)
    }
  }
}

/// Bytes that a case expects: in full, or their digest.
struct BytesOutput: Decodable, Sendable {
  private enum Content: Sendable {
    case bytes(HexBytes)
    case digest(HexBytes)
  }

  private enum CodingKeys: CodingKey {
    case bytes
    case digest
  }

  private let content: Content

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let bytes = try container.decodeIfPresent(HexBytes.self, forKey: .bytes) {
      content = .bytes(bytes)
    } else {
      content = .digest(try container.decode(HexBytes.self, forKey: .digest))
    }
  }

  func check(_ field: String, _ found: [UInt8]) throws(VectorMismatch) {
    switch content {
    case .bytes(let bytes): try VectorCheck.equal(field, found, bytes)
    case .digest(let digest): try VectorCheck.digest(field, found, digest)
    }
  }
}
