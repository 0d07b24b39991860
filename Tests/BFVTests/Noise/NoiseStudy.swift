import BFV
import Lattice
import SecureMemory
import Testing

/// Random circuits over a named set. Each is one random operation on results of earlier ones, so they
/// grow deep and their operands are related in all ways; where the noise is used up, fresh ciphertexts
/// take their place.
struct NoiseStudy {
  let name: NamedParameters
  let scheme: SeededScheme
  var source: SeedExpander
  var pool: [StudiedCiphertext] = []
  private let operations: [NoiseOperation]
  private let seed: [UInt8]

  /// Ciphertexts that the next operation chooses from.
  private static let poolSize = 8

  init(_ name: NamedParameters, seed: [UInt8], hasTrace: Bool) throws {
    self.name = name
    self.seed = seed
    source = SeedExpander(seed: seed, domain: "noise study of \(name)")
    scheme = try SeededScheme(
      .named(name), hasTrace: hasTrace, insecureForTesting: &source)
    operations = NoiseOperation.allCases
      .filter { hasTrace || !$0.needsTrace }
      .flatMap { Array(repeating: $0, count: $0.weight) }
    for _ in 0..<NoiseStudy.poolSize { pool.append(try makeFresh()) }
  }

  /// Runs `count` circuits and holds each one's noise under its bound and its slots against the
  /// plaintext computation. Stops at the first that fails.
  mutating func run(_ count: Int) throws -> NoiseReport {
    var report = NoiseReport()
    for circuit in 0..<count {
      let drawn = operations[pick(operations.count)]
      let comment: Comment = "\(name), circuit \(circuit), \(drawn), seed \(seed)"
      switch try perform(drawn) {
      case .ciphertext(let result):
        guard try check(result, drawn, comment, &report) else { return report }
      case .packed(let ciphertext, let message, let noise):
        let distance = try scheme.distance(of: ciphertext, message, below: noise)
        report.record(drawn, distance: distance)
        let decrypts = scheme.model.decrypts(noise, level: ciphertext.level)
        let isRight =
          try !decrypts
          || scheme.decryptor.decrypt(ciphertext).coefficients == message.coefficients
        #expect(distance >= 0 && isRight, comment)
        guard distance >= 0, isRight else { return report }
        if decrypts { report.decrypted += 1 }
      case .total(let totals, let expected):
        // Decryption refuses totals whose noise is not far below what decrypts.
        let isRight = try scheme.decryptor.decrypt(totals) == [expected]
        #expect(isRight, comment)
        guard isRight else { return report }
        report.extracted += 1
      case .impossible:
        let fresh = try makeFresh()
        guard try check(fresh, .fresh, comment, &report) else { return report }
      }
    }
    return report
  }

  /// Whether the noise is below its bound and the slots are right; keeps what still decrypts.
  private mutating func check(
    _ result: StudiedCiphertext, _ operation: NoiseOperation, _ comment: Comment,
    _ report: inout NoiseReport
  ) throws -> Bool {
    let message = try scheme.encoder.encode(result.slots.centred)
    let distance = try scheme.distance(of: result.ciphertext, message, below: result.noise)
    report.record(operation, distance: distance)
    #expect(distance >= 0, comment)
    guard distance >= 0 else { return false }
    guard scheme.model.decrypts(result.noise, level: result.level) else { return true }
    let isRight =
      try scheme.decryptor.decrypt(result.ciphertext).coefficients == message.coefficients
    #expect(isRight, comment)
    report.decrypted += 1
    if result.ciphertext.partCount == 2 { pool[pick(pool.count)] = result }
    return isRight
  }

  // MARK: Choices

  mutating func pick(_ count: Int) -> Int { Int(source.uniform(below: UInt64(count))) }

  mutating func pickOne() -> StudiedCiphertext { pool[pick(pool.count)] }

  /// One ciphertext and others of its level, higher ones switched down to it; the same one may come
  /// twice.
  mutating func pickSeveral(_ count: Int) throws -> [StudiedCiphertext] {
    try scheme.aligned((0..<count).map { _ in pickOne() })
  }

  /// Slots of one of several sizes: all of t, small, a mask, all equal and as large as can be.
  mutating func pickSlots() -> SlotValues {
    let modulus = scheme.modulus
    let count = scheme.context.slotCount
    switch pick(4) {
    case 0:
      return SlotValues((0..<count).map { _ in source.uniform(below: modulus.value) }, modulus)
    case 1: return SlotValues((0..<count).map { _ in UInt64(pick(1000)) }, modulus)
    case 2: return SlotValues((0..<count).map { _ in UInt64(pick(2)) }, modulus)
    default:
      return SlotValues(Array(repeating: modulus.value / 2, count: count), modulus)
    }
  }

  mutating func makeFresh(isSymmetric: Bool = false) throws -> StudiedCiphertext {
    try scheme.encrypt(pickSlots(), isSymmetric: isSymmetric, insecureForTesting: &source)
  }
}
