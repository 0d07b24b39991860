// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "CryptallyBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "Cryptally", path: ".."),
    // Without its traits it needs no allocator hooks: time is what is measured.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .target(
      name: "PeerParameters", dependencies: [.product(name: "BFV", package: "Cryptally")]),
    .executableTarget(
      name: "MachineReport",
      dependencies: [
        "PeerParameters",
        .product(name: "BFV", package: "Cryptally"),
        .product(name: "Paillier", package: "Cryptally"),
      ]),
    .executableTarget(
      name: "ThreadScaling",
      dependencies: [
        "PeerParameters",
        .product(name: "BFV", package: "Cryptally"),
        .product(name: "Lattice", package: "Cryptally"),
      ]),
    // The plugin looks for benchmarks in the folder `Benchmarks` of the package.
    .executableTarget(
      name: "CryptallyBenchmarks",
      dependencies: [
        "PeerParameters",
        .product(name: "BFV", package: "Cryptally"),
        .product(name: "Cryptally", package: "Cryptally"),
        .product(name: "Lattice", package: "Cryptally"),
        .product(name: "Paillier", package: "Cryptally"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/CryptallyBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  swiftLanguageModes: [.v6]
)
