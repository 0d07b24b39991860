import SecureMemory

/// Messages under keys that follow from signing keys.
struct KeyedBoxVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let seed: HexBytes
    let domain: String
    let associatedData: HexBytes
    let message: HexBytes?
    /// The nonce.
    let randomness: HexBytes?
  }

  static let name = "format.keyed-box"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let key = try SigningKey(seed: SecureBytes(copying: vector.seed.bytes))
      .derivedKey(domain: vector.domain)
    let associatedData = vector.associatedData.bytes
    guard let message = KeyedBox.open(bytes, key: key, associatedData: associatedData) else {
      throw FormatRefusal("the box does not open")
    }
    guard let expected = vector.message, let randomness = vector.randomness else { return }
    try VectorCheck.equal("message", message, expected)
    var source = ReplayedBytes(randomness.bytes)
    let written = KeyedBox.seal(
      message, key: key, associatedData: associatedData, insecureForTesting: &source)
    try VectorCheck.equal("written", written, bytes)
    try VectorCheck.equal("randomness", source.used, randomness.bytes.count)
  }
}
