import BFV
import Benchmark
import Lattice
import PeerParameters

/// The operations that `peers/` times in other libraries, by the same names, on one thread.
///
/// `peers/compare.py` reads their times: it takes the name after "peer", and divides by the calls that
/// the name gives in its tag.
func peerBenchmarks() {
  peerOperations()
  peerTransforms()
  peerSums()
}

private let operations = Result { try LatticeFixture(.n8192) }

/// Runs `body` for so many calls in each sample; a sample should take many times the clock's
/// resolution.
private func measure<Fixture: Sendable>(
  _ name: String, on fixture: @autoclosure @escaping @Sendable () throws -> Fixture, calls: Int = 1,
  seconds: Int64 = 1, _ body: @escaping (Benchmark, Fixture, Range<Int>) throws -> Void
) {
  // The export that is read wants throughput beside the time.
  var configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], timeUnits: .microseconds, warmupIterations: 3,
    maxDuration: .seconds(seconds), maxIterations: 10_000)
  if calls > 1 { configuration.tags = ["calls": String(calls)] }
  Benchmark("peer \(name)", configuration: configuration) { (benchmark, fixture: Fixture) in
    try body(benchmark, fixture, 0..<calls)
  } setup: {
    try fixture()
  }
}

private func peerOperations() {
  func measureOperation(
    _ name: String, calls: Int = 1,
    _ body: @escaping (Benchmark, LatticeFixture, Range<Int>) throws -> Void
  ) {
    measure(name, on: try operations.get(), calls: calls, body)
  }

  measureOperation("encode", calls: 10) { _, fixture, calls in
    for _ in calls { blackHole(try fixture.encoder.encode(fixture.values)) }
  }
  measureOperation("encrypt") { _, fixture, calls in
    for _ in calls { blackHole(try fixture.encryptor.encrypt(fixture.plaintext)) }
  }
  measureOperation("decrypt") { _, fixture, calls in
    for _ in calls { blackHole(try fixture.decryptor.decrypt(fixture.a)) }
  }
  // In place: the first addition, which makes the copy that is changed, is not measured.
  measureOperation("add", calls: 20) { benchmark, fixture, calls in
    var total = fixture.a
    try fixture.evaluator.add(fixture.b, to: &total)
    benchmark.startMeasurement()
    for _ in calls { try fixture.evaluator.add(fixture.b, to: &total) }
    benchmark.stopMeasurement()
    blackHole(total)
  }
  measureOperation("multiplyPlain", calls: 20) { benchmark, fixture, calls in
    var product = fixture.a
    try fixture.evaluator.multiply(&product, by: fixture.prepared)
    benchmark.startMeasurement()
    for _ in calls { try fixture.evaluator.multiply(&product, by: fixture.prepared) }
    benchmark.stopMeasurement()
    blackHole(product)
  }
  // Into a ciphertext that is there, as the peers do.
  measureOperation("multiply", calls: 2) { benchmark, fixture, calls in
    var product = try fixture.evaluator.multiply(fixture.a, fixture.b)
    benchmark.startMeasurement()
    for _ in calls {
      try fixture.evaluator.multiply(fixture.a, fixture.b, into: &product)
    }
    benchmark.stopMeasurement()
    blackHole(product)
  }
  measureOperation("relinearize") { _, fixture, calls in
    for _ in calls {
      blackHole(
        try fixture.evaluator.relinearize(fixture.product, using: fixture.relinearizationKey))
    }
  }
  measureOperation("rotate") { _, fixture, calls in
    for _ in calls {
      blackHole(try fixture.evaluator.rotateRows(fixture.a, by: 1, using: fixture.galoisKeys))
    }
  }
  measureOperation("keygen-relin") { _, fixture, calls in
    for _ in calls { blackHole(RelinearizationKey(for: fixture.secretKey)) }
  }
}

private func peerTransforms() {
  func measureTransform(
    _ name: String, _ transform: @escaping (NTTPlan, inout MutableSpan<UInt64>) -> Void
  ) {
    measure(name, on: try TransformFixture(PeerParameters.operations()), calls: 100) {
      benchmark, fixture, calls in
      var residues = fixture.residues
      var span = residues.mutableSpan
      transform(fixture.plan, &span)
      benchmark.startMeasurement()
      for _ in calls { transform(fixture.plan, &span) }
      benchmark.stopMeasurement()
      blackHole(residues)
    }
  }
  measureTransform("ntt-forward") { $0.forward(&$1) }
  measureTransform("ntt-inverse") { $0.inverse(&$1) }
}

private func peerSums() {
  measure("sum-1000", on: try SumFixture.shared.get(), seconds: 2) { _, fixture, calls in
    for _ in calls { blackHole(try fixture.evaluator.sum(fixture.ciphertexts)) }
  }
  // As many bytes as the sum's ciphertexts have: what memory alone would take.
  measure("memory-read", on: try SumFixture.memory.get(), seconds: 2) { _, fixture, calls in
    for _ in calls { blackHole(fixture.read()) }
  }
  measure("inner-1000", on: try SumFixture.shared.get(), seconds: 2) { _, fixture, calls in
    for _ in calls {
      blackHole(try fixture.evaluator.innerProduct(fixture.ciphertexts, fixture.factors))
    }
  }
  measure("conditional-sum-1M", on: try ConditionalSumFixture.shared.get(), seconds: 3) {
    _, fixture, calls in
    for _ in calls { blackHole(try fixture.slotSum()) }
  }
  measure(
    "conditional-sum-1M-extracted", on: try ConditionalSumFixture.shared.get(), seconds: 3
  ) { _, fixture, calls in
    for _ in calls { blackHole(try fixture.extracted()) }
  }
}
