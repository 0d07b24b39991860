import BFV
import Foundation
import PeerParameters

/// Prints what one thread and several threads get done of the scan over a million encrypted records
/// (pairs of indicator and value, multiplied and added up), and the two bounds on it: what the
/// processors give when nothing is shared, and what memory gives.
///
/// One thread and several take turns, round by round, so that what else the machine does meets both.
@main
enum ThreadScaling {
  private static let rounds = 9

  static func main() async throws {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let scan = try ScanFixture(pairs: PeerParameters.pairs)
    let memory = MemoryFixture(byteCount: 512 << 20)
    let transforms = try TransformFixture(
      degree: scan.parameters.degree, modulus: scan.parameters.ciphertextModuli[0])
    var scans = (one: [Double](), all: [Double]())
    var cached = (one: [Double](), all: [Double]())
    var reads = (one: [Double](), all: [Double]())
    for _ in 0..<rounds {
      scans.one.append(try await scan.milliseconds(threads: 1))
      scans.all.append(try await scan.milliseconds(threads: threads))
      cached.one.append(await transforms.perMillisecond(threads: 1))
      cached.all.append(await transforms.perMillisecond(threads: threads))
      reads.one.append(await memory.gigabytesPerSecond(threads: 1))
      reads.all.append(await memory.gigabytesPerSecond(threads: threads))
    }
    print("lattice kernels     \(BFV.Evaluator.kernelPath)")
    print("parameters          \(PeerParameters.description(of: scan.parameters))")
    print("threads             \(threads)")
    print("pairs               \(PeerParameters.pairs), operands \(scan.operandMegabytes) MB")
    row("scan, ms", scans.one, scans.all, ratio: zip(scans.one, scans.all).map { $0 / $1 })
    row("transforms in cache, 1/ms", cached.one, cached.all)
    row("memory read, GB/s", reads.one, reads.all)
  }

  private static func row(_ name: String, _ one: [Double], _ all: [Double]) {
    row(name, one, all, ratio: zip(one, all).map { $1 / $0 })
  }

  private static func row(
    _ name: String, _ one: [Double], _ all: [Double], ratio: [Double]
  ) {
    print(
      name.padding(toLength: 28, withPad: " ", startingAt: 0)
        + String(
          format: "1 thread %7.1f, all %7.1f: %.2f times the throughput", median(one), median(all),
          median(ratio)))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }
}
