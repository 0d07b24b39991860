import BFV
import Benchmark
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
  measure("decrypt") { _, fixture in blackHole(try fixture.decryptor.decrypt(fixture.a)) }
  measure("add") { benchmark, fixture in
    var sum = fixture.a
    try fixture.evaluator.add(fixture.b, to: &sum)
    blackHole(sum)
  }
  measure("plaintext product") { _, fixture in
    var product = fixture.a
    try fixture.evaluator.multiply(&product, by: fixture.prepared)
    blackHole(product)
  }
  measure("multiply") { _, fixture in
    blackHole(try fixture.evaluator.multiply(fixture.a, fixture.b))
  }
  measure("relinearize") { _, fixture in
    blackHole(
      try fixture.evaluator.relinearize(fixture.product, using: fixture.relinearizationKey))
  }
  measure("rotate") { _, fixture in
    blackHole(try fixture.evaluator.rotateRows(fixture.a, by: 1, using: fixture.galoisKeys))
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
