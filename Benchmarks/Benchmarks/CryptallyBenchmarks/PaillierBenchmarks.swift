import Benchmark
import BigInteger
import Paillier

/// A key of 3072 bits and ciphertexts under it.
private struct PaillierFixture {
  let key: PrivateKey
  let encryptor: Encryptor
  let evaluator: Evaluator
  let plaintexts: [BigInteger]
  let ciphertexts: [Ciphertext]

  init() throws {
    key = try PrivateKey.generate(bitCount: 3072)
    encryptor = Encryptor(publicKey: key.publicKey)
    evaluator = Evaluator(publicKey: key.publicKey)
    plaintexts = (0..<64).map { BigInteger($0) * BigInteger($0) + 1 }
    ciphertexts = try encryptor.encrypt(plaintexts)
  }
}

/// The additive scheme at 3072 bits. Batches use all cores.
func paillierBenchmarks() {
  func measure(
    _ operation: String, scaling: BenchmarkScalingFactor = .one,
    _ body: @escaping (Benchmark, PaillierFixture) throws -> Void
  ) {
    var configuration = Benchmark.defaultConfiguration
    configuration.scalingFactor = scaling
    Benchmark(
      "Paillier 3072: \(operation)", configuration: configuration,
      closure: { (benchmark, fixture: PaillierFixture) in try body(benchmark, fixture) },
      setup: { try PaillierFixture() })
  }

  measure("encrypt one") { benchmark, fixture in
    for _ in benchmark.scaledIterations {
      blackHole(try fixture.encryptor.encrypt(fixture.plaintexts[7]))
    }
  }
  measure("encrypt a batch of 64") { _, fixture in
    blackHole(try fixture.encryptor.encrypt(fixture.plaintexts))
  }
  measure("decrypt one") { benchmark, fixture in
    for _ in benchmark.scaledIterations {
      blackHole(try fixture.key.decrypt(fixture.ciphertexts[7]))
    }
  }
  measure("add up 1,000, an element", scaling: .kilo) { benchmark, fixture in
    var sum = CiphertextSum(publicKey: fixture.key.publicKey)
    for index in benchmark.scaledIterations {
      try sum.add(fixture.ciphertexts[index % fixture.ciphertexts.count])
    }
    blackHole(try sum.total())
  }
}
