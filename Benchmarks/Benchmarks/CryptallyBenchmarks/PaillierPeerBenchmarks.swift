import Benchmark
import BigInteger
import Paillier

/// The additive scheme's operations that `peers/compare_paillier.py` times in other libraries, by the
/// same names, on one thread. `encrypt`, `decrypt` and `encrypt-pool` are those of a batch that stays on
/// one thread, for each number; `encrypt-one` and `decrypt-one` are of a single number.
func paillierPeerBenchmarks() {
  for bitCount in [2048, 3072] { operations(bitCount) }
}

/// Keys of one size, with ten thousand different ciphertexts.
private struct PaillierPeerFixture: Sendable {
  static let small = Result { try PaillierPeerFixture(bitCount: 2048) }
  static let large = Result { try PaillierPeerFixture(bitCount: 3072) }
  static let terms = 10_000
  /// More than are taken before the pool begins to fill again, on another thread.
  static let pooled = 1024

  let key: PrivateKey
  let encryptor: Encryptor
  let evaluator: Evaluator
  let a: Ciphertext
  let b: Ciphertext
  /// As many as are encrypted, and as are decrypted, together on one thread.
  let plaintexts: [BigInteger]
  let batch: [Ciphertext]
  let pool: RandomizerPool
  let ciphertexts: [Ciphertext]

  init(bitCount: Int) throws {
    key = try PrivateKey.generate(bitCount: bitCount)
    encryptor = Encryptor(publicKey: key.publicKey)
    evaluator = Evaluator(publicKey: key.publicKey)
    a = try encryptor.encrypt(signed: 12_345)
    b = try encryptor.encrypt(signed: -67_890)
    plaintexts = (0..<16).map { BigInteger(12_345 + $0) }
    batch = Array(try encryptor.encrypt(plaintexts).prefix(8))
    guard try key.decrypt(batch) == Array(plaintexts.prefix(8)) else {
      throw WrongResult(name: "batch")
    }
    pool = RandomizerPool(encryptor: encryptor, capacity: PaillierPeerFixture.pooled)
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
  /// - Parameter calls: what `body` does so many times is reported for one.
  func measure(
    _ name: String, calls: Int = 1, seconds: Int64 = 1,
    _ body: @escaping (Benchmark, PaillierPeerFixture) throws -> Void
  ) {
    // The export that is read wants throughput beside the time.
    var configuration = Benchmark.Configuration(
      metrics: [.wallClock, .throughput], timeUnits: .microseconds, warmupIterations: 3,
      maxDuration: .seconds(seconds), maxIterations: 10_000)
    if calls > 1 { configuration.tags = ["calls": String(calls)] }
    Benchmark("paillier peer \(name)-\(bitCount)", configuration: configuration) {
      (benchmark, fixture: PaillierPeerFixture) in
      try body(benchmark, fixture)
    } setup: {
      try PaillierPeerFixture.shared(bitCount)
    }
  }

  measure("encrypt", calls: 16) { (_, fixture) in
    blackHole(try fixture.encryptor.encrypt(fixture.plaintexts))
  }
  measure("encrypt-one") { (_, fixture) in
    blackHole(try fixture.encryptor.encrypt(signed: 12_345))
  }
  measure("encrypt-pool", calls: 256) { (benchmark, fixture) in
    fixture.pool.fill()
    benchmark.startMeasurement()
    for _ in 0..<16 { blackHole(try fixture.pool.encrypt(fixture.plaintexts)) }
    benchmark.stopMeasurement()
  }
  measure("decrypt", calls: 8) { (_, fixture) in
    blackHole(try fixture.key.decrypt(fixture.batch))
  }
  measure("decrypt-one") { (_, fixture) in
    blackHole(try fixture.key.decryptSigned(fixture.a))
  }
  measure("add", calls: 20) { (_, fixture) in
    for _ in 0..<20 { blackHole(try fixture.evaluator.add(fixture.a, fixture.b)) }
  }
  measure("sum-10000", seconds: 2) { (_, fixture) in
    blackHole(try fixture.evaluator.sum(fixture.ciphertexts))
  }
  measure("keygen", seconds: 5) { (_, _) in
    blackHole(try PrivateKey.generate(bitCount: bitCount))
  }
  measure("table-build") { (_, fixture) in
    blackHole(Encryptor(publicKey: fixture.key.publicKey))
  }
}
