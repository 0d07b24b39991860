/// Compares kernels with each other, or with plain arithmetic, on what an input chooses.
protocol KernelComparison: Sendable {
  static var name: String { get }
  static var byteLimit: Int { get }

  init() throws

  /// - Throws: ``KernelDifference``.
  func run(_ input: [UInt8]) throws
}

/// Kernels that do not agree.
struct KernelDifference: Error, CustomStringConvertible {
  let description: String
}

/// Numbers out of an input. When it is used up, numbers that follow from it go on.
struct FuzzedNumbers {
  private let input: [UInt8]
  private var position = 0
  private var state: UInt64

  init(_ input: [UInt8]) {
    self.input = input
    // FNV-1a.
    state = input.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  mutating func byte() -> UInt8 {
    guard position < input.count else { return UInt8(truncatingIfNeeded: mixed()) }
    defer { position += 1 }
    return input[position]
  }

  mutating func number(below limit: Int) -> Int {
    (Int(byte()) << 8 | Int(byte())) % limit
  }

  mutating func word() -> UInt64 {
    guard position < input.count else { return mixed() }
    return (0..<8).reduce(0) { word, _ in word << 8 | UInt64(byte()) }
  }

  /// A residue, an edge one as often as not.
  mutating func residue(below q: UInt64) -> UInt64 {
    switch byte() & 15 {
    case 0: 0
    case 1: 1 % q
    case 2, 3, 4: q - 1
    case 5: q / 2
    case 6: q / 2 + q % 2
    default: word() % q
    }
  }

  mutating func residues(_ count: Int, below q: UInt64) -> [UInt64] {
    (0..<count).map { _ in residue(below: q) }
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }

  /// SplitMix64.
  private mutating func mixed() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
