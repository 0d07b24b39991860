import Benchmark
import BigInteger
import Paillier

/// A key of 3072 bits and ciphertexts under it.
private struct PaillierFixture {
  let key: PrivateKey
  let encryptor: Encryptor
  let holder: Encryptor
  let evaluator: Evaluator
  let plaintexts: [BigInteger]
  let ciphertexts: [Ciphertext]

  init() throws {
    key = try PrivateKey.generate(bitCount: 3072)
    encryptor = Encryptor(publicKey: key.publicKey)
    holder = try Encryptor(privateKey: key)
    evaluator = Evaluator(publicKey: key.publicKey)
    plaintexts = (0..<64).map { BigInteger($0) * BigInteger($0) + 1 }
    ciphertexts = try encryptor.encrypt(plaintexts)
  }
}

/// The additive scheme at 3072 bits. Batches of 16 encryptions and of 8 others stay on one thread;
/// larger ones use all cores.
func paillierBenchmarks() {
  func measure(
    _ operation: String, scaling: BenchmarkScalingFactor = .one,
    _ body: @escaping (Benchmark, PaillierFixture) throws -> Void
  ) {
    var configuration = Benchmark.defaultConfiguration
    configuration.scalingFactor = scaling
    if scaling != .one { configuration.timeUnits = .nanoseconds }
    Benchmark(
      "Paillier 3072: \(operation)", configuration: configuration,
      closure: { (benchmark, fixture: PaillierFixture) in try body(benchmark, fixture) },
      setup: { try PaillierFixture() })
  }

  measure("encrypt one") { _, fixture in
    blackHole(try fixture.encryptor.encrypt(fixture.plaintexts[7]))
  }
  measure("encrypt 16") { _, fixture in
    blackHole(try fixture.encryptor.encrypt(Array(fixture.plaintexts.prefix(16))))
  }
  measure("encrypt 16 with the private key") { _, fixture in
    blackHole(try fixture.holder.encrypt(Array(fixture.plaintexts.prefix(16))))
  }
  measure("encrypt 64 on all cores") { _, fixture in
    blackHole(try fixture.encryptor.encrypt(fixture.plaintexts))
  }
  measure("decrypt one") { _, fixture in
    blackHole(try fixture.key.decrypt(fixture.ciphertexts[7]))
  }
  measure("decrypt 8") { _, fixture in
    blackHole(try fixture.key.decrypt(Array(fixture.ciphertexts.prefix(8))))
  }
  measure("re-randomize 8") { _, fixture in
    blackHole(try fixture.evaluator.rerandomize(Array(fixture.ciphertexts.prefix(8))))
  }
  measure("add up ciphertexts, each of 1,000", scaling: .kilo) { benchmark, fixture in
    var sum = CiphertextSum(publicKey: fixture.key.publicKey)
    for index in benchmark.scaledIterations {
      try sum.add(fixture.ciphertexts[index % fixture.ciphertexts.count])
    }
    blackHole(try sum.total())
  }
}
