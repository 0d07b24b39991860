import Benchmark
import BigInteger
import Paillier

/// The additive scheme's operations that `peers/compare_paillier.py` times in other libraries, by the
/// same names, on one thread: each encrypts and decrypts one number at a time.
func paillierPeerBenchmarks() {
  for bitCount in [2048, 3072] { operations(bitCount) }
}

/// Keys of one size, with ten thousand different ciphertexts.
private struct PaillierPeerFixture: Sendable {
  static let small = Result { try PaillierPeerFixture(bitCount: 2048) }
  static let large = Result { try PaillierPeerFixture(bitCount: 3072) }
  static let terms = 10_000

  let key: PrivateKey
  let encryptor: Encryptor
  let evaluator: Evaluator
  let a: Ciphertext
  let b: Ciphertext
  let ciphertexts: [Ciphertext]

  init(bitCount: Int) throws {
    key = try PrivateKey.generate(bitCount: bitCount)
    encryptor = Encryptor(publicKey: key.publicKey)
    evaluator = Evaluator(publicKey: key.publicKey)
    a = try encryptor.encrypt(signed: 12_345)
    b = try encryptor.encrypt(signed: -67_890)
    // Sums of sums differ without an encryption each.
    var ciphertexts = [a]
    while ciphertexts.count < PaillierPeerFixture.terms {
      ciphertexts.append(try evaluator.add(ciphertexts[ciphertexts.count - 1], b))
    }
    self.ciphertexts = ciphertexts
    let count = PaillierPeerFixture.terms
    let expected = count * 12_345 - 67_890 * (count * (count - 1) / 2)
    guard try key.decryptSigned(evaluator.sum(ciphertexts)) == BigInteger(expected) else {
      throw WrongResult(name: "sum")
    }
  }

  static func shared(_ bitCount: Int) throws -> PaillierPeerFixture {
    try (bitCount == 2048 ? small : large).get()
  }
}

private func operations(_ bitCount: Int) {
  func measure(
    _ name: String, calls: Int = 1, seconds: Int64 = 1,
    _ body: @escaping (PaillierPeerFixture) throws -> Void
  ) {
    // The export that is read wants throughput beside the time.
    var configuration = Benchmark.Configuration(
      metrics: [.wallClock, .throughput], timeUnits: .microseconds, warmupIterations: 3,
      maxDuration: .seconds(seconds), maxIterations: 10_000)
    if calls > 1 { configuration.tags = ["calls": String(calls)] }
    Benchmark("paillier peer \(name)-\(bitCount)", configuration: configuration) {
      (_, fixture: PaillierPeerFixture) in
      for _ in 0..<calls { try body(fixture) }
    } setup: {
      try PaillierPeerFixture.shared(bitCount)
    }
  }

  measure("encrypt") { blackHole(try $0.encryptor.encrypt(signed: 12_345)) }
  measure("decrypt") { blackHole(try $0.key.decryptSigned($0.a)) }
  measure("add", calls: 20) { blackHole(try $0.evaluator.add($0.a, $0.b)) }
  measure("sum-10000", seconds: 2) { blackHole(try $0.evaluator.sum($0.ciphertexts)) }
  measure("keygen", seconds: 5) { _ in blackHole(try PrivateKey.generate(bitCount: bitCount)) }
  measure("table-build") { blackHole(Encryptor(publicKey: $0.key.publicKey)) }
}
