import Benchmark
import Cryptally

/// The whole path of one chunk of claims: encrypt, evaluate a sum under one hidden condition, open.
func claimBenchmarks() {
  var configuration = Benchmark.defaultConfiguration
  configuration.maxDuration = .seconds(10)
  Benchmark(
    "claims: encrypt one chunk", configuration: configuration,
    closure: { (_, fixture: ClaimFixture) in
      blackHole(try await fixture.encrypt())
    }, setup: { try ClaimFixture() })
  Benchmark(
    "claims: evaluate a sum under one condition", configuration: configuration,
    closure: { (_, input: (fixture: ClaimFixture, table: String)) in
      blackHole(try await input.fixture.answer(table: input.table))
    },
    setup: {
      let fixture = try ClaimFixture()
      return (fixture: fixture, table: try await fixture.encrypt())
    })
  Benchmark(
    "claims: open the answer and enter it", configuration: configuration,
    closure: { (_, input: (fixture: ClaimFixture, answer: EncryptedAnswer)) in
      blackHole(try input.fixture.open(input.answer))
    },
    setup: {
      let fixture = try ClaimFixture()
      return (
        fixture: fixture, answer: try await fixture.answer(table: fixture.encrypt())
      )
    })
}
