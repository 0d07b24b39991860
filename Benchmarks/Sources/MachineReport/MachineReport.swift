import BFV
import CGMP
import CSodium
import Foundation
import Paillier
import PeerParameters

/// Prints what figures depend on: processor, vector extensions, threads, kernels, versions.
@main
enum MachineReport {
  static func main() throws {
    let processor = Processor.current
    let information = ProcessInfo.processInfo
    let lines = [
      ("processor", processor.name),
      ("vector extensions", processor.extensions.joined(separator: " ")),
      ("clock", String(format: "about %.1f GHz", Clock.gigahertz())),
      ("threads", "\(information.activeProcessorCount)"),
      ("system", information.operatingSystemVersionString),
      ("compiler", compiler),
      ("lattice kernels", BFV.Evaluator.kernelPath),
      ("integer kernels", Paillier.Evaluator.kernelPath),
      ("GMP", __gmp_version.map { String(cString: $0) } ?? "unknown"),
      ("libsodium", String(cString: sodium_version_string())),
      ("peers' operations", try PeerParameters.description(of: PeerParameters.operations())),
      ("Paillier tables", try [2048, 3072].map(paillierTable).joined(separator: ", ")),
      ("peers' cond. sum", try PeerParameters.description(of: PeerParameters.conditionalSum())),
    ]
    for (name, value) in lines {
      print(name.padding(toLength: 20, withPad: " ", startingAt: 0) + value)
    }
  }

  /// What an encryptor's table of powers takes.
  private static func paillierTable(_ bitCount: Int) throws -> String {
    let encryptor = Encryptor(publicKey: try PrivateKey.generate(bitCount: bitCount).publicKey)
    return String(
      format: "%.1f MB for %d bits", Double(encryptor.tableByteCount) / 1e6, bitCount)
  }

  private static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #elseif compiler(>=6.2)
      "Swift 6.2"
    #else
      "Swift 6.1"
    #endif
  }
}
