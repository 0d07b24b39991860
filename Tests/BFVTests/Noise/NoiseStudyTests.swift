import BFV
import Foundation
import SecureMemory
import Testing

/// Measured noise never exceeds the model's bound, over random circuits on every named set, and slots
/// are right wherever the bound says so.
///
/// `make noise-study` runs 10,000 circuits for each set; without it the larger rings run fewer.
/// CRYPTALLY_NOISE_SEED, 64 hexadecimal digits, repeats a run.
@Suite(.serialized) struct NoiseStudyTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let isFull = environment["CRYPTALLY_NOISE_STUDY"] != nil

  private static func seed() -> [UInt8] {
    if let digest = environment["CRYPTALLY_NOISE_SEED"].flatMap({ Digest(hexadecimal: $0) }) {
      return digest.bytes
    }
    var source = SystemRandomSource()
    return source.bytes(32)
  }

  @Test(arguments: NamedParameters.allCases)
  func measuredNoiseStaysBelowItsBound(name: NamedParameters) throws {
    let count =
      switch name {
      case .n4096, .n8192: 10_000
      case .n16384: NoiseStudyTests.isFull ? 10_000 : 400
      case .n32768: NoiseStudyTests.isFull ? 10_000 : 60
      }
    // The trace's keys of the largest ring take three gigabytes.
    let hasTrace = name != .n32768 || NoiseStudyTests.isFull
    let start = ContinuousClock.now
    var study = try NoiseStudy(name, seed: NoiseStudyTests.seed(), hasTrace: hasTrace)
    let report = try study.run(count)
    // Most circuits are to say something about slots, too.
    #expect(report.decrypted > count / 3)
    let seconds = Int((ContinuousClock.now - start).components.seconds)
    print(report.text(title: "\(name), \(seconds) s"))
  }
}
