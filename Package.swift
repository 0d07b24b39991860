// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Cryptally",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Cryptally", targets: ["Cryptally"]),
    .library(name: "Lattice", targets: ["Lattice"]),
    .library(name: "BFV", targets: ["BFV"]),
    .library(name: "Paillier", targets: ["Paillier"]),
    .library(name: "ClaimQuery", targets: ["ClaimQuery"]),
    .executable(name: "cryptally", targets: ["CryptallyCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C and system libraries.
    .systemLibrary(
      name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
    // Debian's libpg-query-dev ships no pkg-config file, so the module map links it by name.
    .systemLibrary(
      name: "CPgQuery", providers: [.apt(["libpg-query-dev"]), .brew(["libpg_query"])]),
    // On macOS the SDK has it.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CLatticeKernels"),
    .target(name: "CBigIntegerKernels"),

    // Foundations.
    .target(name: "Locking"),
    .target(name: "SecureMemory", dependencies: ["CSodium"]),
    .target(
      name: "BigInteger", dependencies: ["CGMP", "CBigIntegerKernels", "SecureMemory"]),
    .target(name: "Wire", dependencies: ["SecureMemory"]),

    // Schemes.
    .target(name: "Lattice", dependencies: ["CLatticeKernels", "Locking", "SecureMemory", "Wire"]),
    .target(name: "BFV", dependencies: ["Lattice", "SecureMemory", "Wire"]),
    .target(name: "Paillier", dependencies: ["BigInteger", "Locking", "SecureMemory", "Wire"]),

    // Claims.
    .target(
      name: "ClaimSchema",
      dependencies: ["CZlib", "SecureMemory", "Wire", .product(name: "Yams", package: "Yams")],
      resources: [.embedInCode("Resources/fhir-eob-r4.yaml")]),
    .target(
      name: "ClaimPreparation",
      dependencies: ["ClaimSchema", .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    .target(
      name: "ClaimKeys",
      dependencies: ["BFV", "BigInteger", "ClaimSchema", "Paillier", "SecureMemory", "Wire"]),
    .target(
      name: "EncryptedTable",
      dependencies: [
        "BFV", "ClaimKeys", "ClaimPreparation", "ClaimSchema", "Locking", "Paillier",
        "SecureMemory", "Wire",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "ClaimQuery",
      dependencies: [
        "BFV", "BigInteger", "CPgQuery", "ClaimKeys", "ClaimSchema", "EncryptedTable", "Locking",
        "Paillier", "SecureMemory", "Wire",
      ]),

    .target(name: "CustodianLedger", dependencies: ["ClaimQuery", "SecureMemory"]),

    // The truth on plaintext, for the demonstration and the tests.
    .target(
      name: "PlaintextOracle",
      dependencies: ["ClaimSchema", .product(name: "GRDB", package: "GRDB.swift")]),

    // Reads and runs the test vectors.
    .target(
      name: "VectorRunner",
      dependencies: [
        "BFV", "BigInteger", "CBigIntegerKernels", "CLatticeKernels", "ClaimKeys", "ClaimQuery",
        "ClaimSchema", "CustodianLedger", "EncryptedTable", "Lattice", "Paillier", "SecureMemory",
        "Wire",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),

    // What users touch.
    .target(
      name: "Cryptally",
      dependencies: [
        "BFV", "ClaimKeys", "ClaimPreparation", "ClaimQuery", "ClaimSchema", "CustodianLedger",
        "EncryptedTable",
        "Paillier", "SecureMemory", "Wire",
      ]),
    .executableTarget(
      name: "CryptallyCommand",
      dependencies: [
        "Cryptally", "Locking", "PlaintextOracle", "VectorRunner",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests.
    .target(name: "_TestSupport", dependencies: ["SecureMemory"], path: "Tests/_TestSupport"),
    .testTarget(name: "TestSupportTests", dependencies: ["_TestSupport"]),
    .testTarget(name: "SecureMemoryTests", dependencies: ["SecureMemory", "_TestSupport"]),
    .testTarget(name: "WireTests", dependencies: ["SecureMemory", "Wire", "_TestSupport"]),
    .testTarget(
      name: "BigIntegerTests",
      dependencies: ["BigInteger", "CBigIntegerKernels", "SecureMemory", "_TestSupport"]),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(name: "AllocationTests", dependencies: ["BFV", "CAllocationCounter", "Lattice"]),
    .testTarget(name: "LatticeKernelTests", dependencies: ["CLatticeKernels", "_TestSupport"]),
    .testTarget(
      name: "LatticeTests",
      dependencies: [
        "BigInteger", "CLatticeKernels", "Lattice", "SecureMemory", "Wire", "_TestSupport",
      ]),
    .testTarget(
      name: "BFVTests", dependencies: ["BFV", "Lattice", "SecureMemory", "Wire", "_TestSupport"]),
    .testTarget(name: "PaillierTests", dependencies: ["Paillier", "_TestSupport"]),
    .testTarget(name: "ClaimSchemaTests", dependencies: ["ClaimSchema", "CZlib", "_TestSupport"]),
    .testTarget(
      name: "ClaimPreparationTests",
      dependencies: ["ClaimPreparation", "ClaimSchema", "_TestSupport"]),
    .testTarget(
      name: "ClaimKeysTests",
      dependencies: [
        "BFV", "BigInteger", "ClaimKeys", "ClaimSchema", "Paillier", "SecureMemory", "Wire",
        "_TestSupport",
      ]),
    .testTarget(
      name: "EncryptedTableTests",
      dependencies: [
        "BFV", "BigInteger", "ClaimKeys", "ClaimSchema", "EncryptedTable", "Paillier",
        "SecureMemory", "Wire", "_TestSupport",
      ]),
    .testTarget(
      name: "ClaimQueryTests",
      dependencies: [
        "BFV", "BigInteger", "ClaimQuery", "ClaimKeys", "ClaimSchema", "CustodianLedger",
        "EncryptedTable", "Lattice", "PlaintextOracle", "SecureMemory", "VectorRunner", "Wire",
        "_TestSupport",
      ]),
    .testTarget(
      name: "VectorRunnerTests",
      dependencies: [
        "BigInteger", "ClaimKeys", "ClaimQuery", "ClaimSchema", "CustodianLedger",
        "EncryptedTable", "Paillier", "SecureMemory", "VectorRunner", "Wire", "_TestSupport",
      ]),
    .testTarget(
      name: "CryptallyCommandTests",
      dependencies: ["CryptallyCommand", "VectorRunner", "_TestSupport"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)

// Documentation is built with DocC's plugin; nobody else needs it (see the Makefile).
if Context.environment["CRYPTALLY_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.5"))
}

// What runs under valgrind; nobody else needs it (see the Makefile).
if Context.environment["CRYPTALLY_CONSTANT_TIME_CHECK"] != nil {
  package.targets += [
    .target(name: "CMemcheck", path: "Tests/CMemcheck"),
    .executableTarget(
      name: "ConstantTimeCheck",
      dependencies: [
        "BFV", "BigInteger", "CBigIntegerKernels", "CMemcheck", "Paillier", "SecureMemory", "Wire",
      ],
      path: "Tests/ConstantTimeCheck"),
  ]
}

// What libFuzzer drives; nobody else needs it (see the Makefile).
if Context.environment["CRYPTALLY_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "FuzzTargets",
      dependencies: ["BigInteger", "CBigIntegerKernels", "CLatticeKernels", "VectorRunner"],
      path: "Tests/FuzzTargets", exclude: ["Dictionaries"]))
}
