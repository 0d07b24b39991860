import CSodium

/// How much work one try of a passphrase takes: Argon2id's passes and memory.
public struct PassphraseCost: Hashable, Sendable {
  let passes: UInt32
  let memoryByteCount: UInt64

  /// Five passes over 64 MiB: a quarter of a second on a server core.
  public static let standard = PassphraseCost(passes: 5, memoryByteCount: 64 << 20)

  /// The least that Argon2id takes, for tests.
  package static let insecureForTesting = PassphraseCost(passes: 1, memoryByteCount: 8192)

  /// A cost of a vector's.
  package init(passes: UInt32, memoryByteCount: UInt64) {
    self.passes = passes
    self.memoryByteCount = memoryByteCount
  }

  /// What a box may ask for: up to 10 passes and 1 GiB, so that an altered box cannot exhaust the
  /// machine that opens it.
  var isAllowed: Bool {
    (1...10).contains(passes) && (8192...(1 << 30)).contains(memoryByteCount)
  }
}
