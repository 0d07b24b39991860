import Benchmark

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], timeUnits: .microseconds, warmupIterations: 2, maxDuration: .seconds(3),
    maxIterations: 10_000)
  latticeBenchmarks(.n4096)
  latticeBenchmarks(.n8192)
  latticeBenchmarks(.n16384)
  paillierBenchmarks()
  claimBenchmarks()
  peerBenchmarks()
  paillierPeerBenchmarks()
}
