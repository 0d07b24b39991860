import SecureMemory

/// Boxes under a passphrase, as far as no passphrase is tried that costs more than the least.
struct SealedBoxCheck: DecoderCheck {
  static let name = "memory.sealed-box"
  static let refusals: [any Error.Type] = [SecureMemoryError.self]
  static let byteLimit = 256

  /// Where the cost stands: passes and memory.
  private static let cost = 2..<14
  private let passphrase = SecureBytes(copying: Array("passphrase".utf8))
  private let cheapest: [UInt8]

  init() throws {
    let box = try SealedBox.seal(
      SecureBytes(count: 0), passphrase: passphrase, associatedData: [], cost: .insecureForTesting)
    cheapest = Array(box[Self.cost])
  }

  func seeds() throws -> [[UInt8]] {
    [
      try SealedBox.seal(
        SecureBytes(count: 8), passphrase: passphrase, associatedData: [],
        cost: .insecureForTesting)
    ]
  }

  func run(_ input: [UInt8]) throws {
    var box = input
    // Other costs than the least and those that are refused would only take time.
    if box.count >= Self.cost.upperBound, box[4] == 0, box[5] == 0 {
      box.replaceSubrange(Self.cost, with: cheapest)
    }
    _ = try SealedBox.open(box, passphrase: passphrase, associatedData: [], source: Self.source)
  }
}
