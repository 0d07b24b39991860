import BFV
import Benchmark
import Lattice
import SecureMemory

/// Every operation of the lattice scheme, on one thread.
func latticeBenchmarks(_ name: NamedParameters) {
  func measure(
    _ operation: String, _ body: @escaping (Benchmark, LatticeFixture) throws -> Void
  ) {
    Benchmark("BFV \(name.rawValue): \(operation)") { (benchmark, fixture: LatticeFixture) in
      for _ in benchmark.scaledIterations { try body(benchmark, fixture) }
    } setup: {
      try LatticeFixture(name)
    }
  }

  /// The same on a ciphertext that every call changes in place.
  func measureInPlace(
    _ operation: String,
    _ body: @escaping (inout Ciphertext, LatticeFixture) throws -> Void
  ) {
    Benchmark("BFV \(name.rawValue): \(operation)") { (benchmark, fixture: LatticeFixture) in
      var ciphertext = try fixture.encryptor.encrypt(fixture.plaintext)
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { try body(&ciphertext, fixture) }
      benchmark.stopMeasurement()
      blackHole(ciphertext)
    } setup: {
      try LatticeFixture(name)
    }
  }

  transforms(name)
  // One inverse transform modulo t, and the slots' order.
  measure("encode") { _, fixture in blackHole(try fixture.encoder.encode(fixture.values)) }
  // One forward transform for each prime, and the lift to it.
  measure("prepare a plaintext") { _, fixture in
    blackHole(
      try fixture.evaluator.prepare(fixture.plaintext, level: fixture.context.topLevel))
  }
  measure("encrypt") { _, fixture in
    blackHole(try fixture.encryptor.encrypt(fixture.plaintext))
  }
  measure("encrypt with the secret key") { _, fixture in
    blackHole(try fixture.symmetricEncryptor.encrypt(fixture.plaintext))
  }
  measure("decrypt") { _, fixture in blackHole(try fixture.decryptor.decrypt(fixture.a)) }
  measureInPlace("add") { sum, fixture in try fixture.evaluator.add(fixture.b, to: &sum) }
  measureInPlace("plaintext product") { product, fixture in
    try fixture.evaluator.multiply(&product, by: fixture.prepared)
  }
  measureInPlace("multiply") { product, fixture in
    try fixture.evaluator.multiply(fixture.a, fixture.b, into: &product)
  }
  measure("relinearize") { _, fixture in
    blackHole(
      try fixture.evaluator.relinearize(fixture.product, using: fixture.relinearizationKey))
  }
  measureInPlace("rotate") { image, fixture in
    try fixture.evaluator.rotateRows(&image, by: 1, using: fixture.galoisKeys)
  }
  measure("rotate eight times, decomposed once") { _, fixture in
    blackHole(
      try fixture.evaluator.rotateRows(
        fixture.a, by: [Int](repeating: 1, count: 8), using: fixture.galoisKeys))
  }
  measure("relinearization key") { _, fixture in
    blackHole(RelinearizationKey(for: fixture.secretKey))
  }
  measure("extend one operand") { _, fixture in
    blackHole(try fixture.evaluator.extend(fixture.a))
  }
  accumulation(name)
  measure("scale an accumulated sum") { benchmark, fixture in
    var accumulator = try fixture.evaluator.makeProductAccumulator(
      level: fixture.context.topLevel)
    try accumulator.accumulate(fixture.extendedA, fixture.extendedB)
    benchmark.startMeasurement()
    blackHole(try accumulator.finishThreeParts())
    benchmark.stopMeasurement()
  }
  measure("extract a total") { _, fixture in
    blackHole(
      try fixture.evaluator.extractTotals(
        fixture.a, noise: fixture.context.noiseModel.fresh, totalsInAnswer: 1,
        rerandomizingWith: fixture.encryptor))
  }
}

/// The transforms of one limb, again and again.
private func transforms(_ name: NamedParameters) {
  func measure(
    _ operation: String, _ body: @escaping (NTTPlan, inout MutableSpan<UInt64>) -> Void
  ) {
    var configuration = Benchmark.defaultConfiguration
    configuration.scalingFactor = .kilo
    Benchmark(
      "BFV \(name.rawValue): \(operation)", configuration: configuration
    ) { (benchmark, fixture: TransformFixture) in
      var residues = fixture.residues
      var span = residues.mutableSpan
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { body(fixture.plan, &span) }
      benchmark.stopMeasurement()
      blackHole(residues)
    } setup: {
      try TransformFixture(.named(name))
    }
  }
  measure("forward transform") { $0.forward(&$1) }
  measure("inverse transform") { $0.inverse(&$1) }
}

/// A pair of operands into an accumulator that is not copied, so 1,000 at a time.
private func accumulation(_ name: NamedParameters) {
  var configuration = Benchmark.defaultConfiguration
  configuration.scalingFactor = .kilo
  configuration.warmupIterations = 0
  configuration.maxIterations = 3
  Benchmark(
    "BFV \(name.rawValue): accumulate an extended pair", configuration: configuration
  ) { (benchmark, fixture: LatticeFixture) in
    var accumulator = try fixture.evaluator.makeProductAccumulator(
      level: fixture.context.topLevel)
    for _ in benchmark.scaledIterations {
      try accumulator.accumulate(fixture.extendedA, fixture.extendedB)
    }
    blackHole(accumulator)
  } setup: {
    try LatticeFixture(name)
  }
}
