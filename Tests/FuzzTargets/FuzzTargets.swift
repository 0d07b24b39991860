import Foundation
import VectorRunner

/// What libFuzzer can be started for: every decoder, and the kernels.
struct FuzzTarget: Sendable {
  let name: String
  let byteLimit: Int
  let seeds: @Sendable () throws -> [[UInt8]]
  let run: @Sendable ([UInt8]) throws -> Void

  init(_ check: any DecoderCheck.Type) throws {
    let decoder = try check.init()
    name = check.name
    byteLimit = check.byteLimit
    seeds = { try decoder.seeds() }
    run = { _ = try decoder.accepts($0) }
  }

  init(_ comparison: any KernelComparison) {
    name = type(of: comparison).name
    byteLimit = type(of: comparison).byteLimit
    seeds = { (0..<64).map { [$0] } }
    run = { try comparison.run($0) }
  }
}

/// Chooses targets by name. The environment says what is wanted, because libFuzzer takes the
/// arguments.
enum FuzzTargets {
  /// The name of the target.
  private static let nameVariable = "CRYPTALLY_FUZZ_TARGET"
  /// Set: names and lengths of all targets are printed, and nothing else is done.
  private static let listVariable = "CRYPTALLY_FUZZ_LIST"
  /// A folder to which the target's own seeds are written, and nothing else is done.
  private static let seedVariable = "CRYPTALLY_FUZZ_SEEDS"

  private static let comparisons: [any KernelComparison.Type] = [
    LatticeKernelComparison.self, IntegerKernelComparison.self,
  ]

  static func chosen() throws -> FuzzTarget {
    guard let name = environment[nameVariable] else { throw Problem.notChosen }
    if let check = DecoderCatalog.check(named: name) { return try FuzzTarget(check) }
    guard let comparison = comparisons.first(where: { $0.name == name }) else {
      throw Problem.unknown(name)
    }
    return FuzzTarget(try comparison.init())
  }

  /// Does what is asked for instead of fuzzing; false if nothing is.
  static func answerRequest() throws -> Bool {
    if environment[listVariable] != nil {
      for check in DecoderCatalog.checks { print(check.name, check.byteLimit) }
      for comparison in comparisons { print(comparison.name, comparison.byteLimit) }
      return true
    }
    guard let folder = environment[seedVariable] else { return false }
    for (index, seed) in try chosen().seeds().enumerated() {
      try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/seed-\(index)"))
    }
    return true
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }

  private enum Problem: Error, CustomStringConvertible {
    case notChosen
    case unknown(String)

    var description: String {
      switch self {
      case .notChosen: "name a target in \(nameVariable)"
      case .unknown(let name): "there is no target \(name)"
      }
    }
  }
}
