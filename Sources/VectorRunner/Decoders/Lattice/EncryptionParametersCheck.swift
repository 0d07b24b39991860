import BFV
import Wire

/// The parameters of a ring.
struct EncryptionParametersCheck: DecoderCheck {
  static let name = "bfv.parameters"
  static let refusals: [any Error.Type] = [WireError.self, ParameterError.self]
  static let byteLimit = 400

  /// Larger rings take their time.
  private static let largestDegree = 2048

  func seeds() throws -> [[UInt8]] {
    let fixture = try DecoderFixture.shared.get()
    return try [fixture.keys.layout.parameters, .named(.n4096), .named(.n8192)].compactMap {
      $0.map(EncryptionParametersCheck.bytes)
    }
  }

  func run(_ input: [UInt8]) throws {
    var reader = BoundedReader(input[...], source: Self.source)
    let parameters = try EncryptionParameters(from: &reader, allowsTesting: true)
    try reader.finish()
    try DecoderDefect.unless(
      EncryptionParametersCheck.bytes(of: parameters) == input, "written again they are others")
    guard parameters.degree <= Self.largestDegree else { return }
    let context = try Context(parameters)
    try DecoderDefect.unless(
      context.fingerprint == parameters.fingerprint, "the ring has another fingerprint")
  }

  private static func bytes(of parameters: EncryptionParameters) -> [UInt8] {
    var writer = BoundedWriter()
    parameters.write(to: &writer)
    return writer.bytes
  }
}
