import BFV
import Foundation
import PeerParameters

/// Prints what one thread and several threads get done of the scan over a million encrypted records
/// (pairs of indicator and value, multiplied and added up), and the bound that memory sets.
///
/// One thread and several take turns, round by round, so that what else the machine does meets both.
@main
enum ThreadScaling {
  private static let rounds = 9

  static func main() async throws {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let scan = try ScanFixture(pairs: PeerParameters.pairs)
    let memory = MemoryFixture(byteCount: 512 << 20)
    var scans = (one: [Double](), all: [Double]())
    var reads = (one: [Double](), all: [Double]())
    for _ in 0..<rounds {
      scans.one.append(try await scan.milliseconds(threads: 1))
      scans.all.append(try await scan.milliseconds(threads: threads))
      reads.one.append(await memory.gigabytesPerSecond(threads: 1))
      reads.all.append(await memory.gigabytesPerSecond(threads: threads))
    }
    print("lattice kernels     \(BFV.Evaluator.kernelPath)")
    print("parameters          \(PeerParameters.description(of: scan.parameters))")
    print("pairs               \(PeerParameters.pairs), operands \(scan.operandMegabytes) MB")
    row("1 thread", median(scans.one), median(reads.one))
    row("\(threads) threads", median(scans.all), median(reads.all))
    let ratios = zip(scans.one, scans.all).map { $0 / $1 }
    print(String(format: "throughput          %.2f times that of one thread", median(ratios)))
  }

  private static func row(_ name: String, _ milliseconds: Double, _ gigabytes: Double) {
    print(
      name.padding(toLength: 20, withPad: " ", startingAt: 0)
        + String(format: "%.1f ms, memory read %.1f GB/s", milliseconds, gigabytes))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
  }
}
