import SecureMemory
import Wire

/// Headers, and envelopes of all kinds.
struct EnvelopeCheck: DecoderCheck {
  static let name = "wire.envelope"
  static let refusals: [any Error.Type] = [WireError.self]
  static let byteLimit = 512

  func seeds() -> [[UInt8]] {
    WireKind.allCases.map { kind in
      Envelope.seal(
        kind: kind, version: 1, isTesting: kind == .vector,
        parameterFingerprint: Digest.of([1], domain: "seed"),
        keyFingerprint: Digest.of([2], domain: "seed"), payload: Array(0..<8))
    }
  }

  func run(_ input: [UInt8]) throws {
    let header = try Envelope.peek(input, source: Self.source)
    // The header with the digest that no change by chance would give.
    let payload = Array(input.dropFirst(EnvelopeHeader.byteCount))
    let sealed = seal(header, payload)
    let opened = try open(sealed, header, versions: header.version...header.version)
    try DecoderDefect.unless(opened.payload.elementsEqual(payload), "another payload")
    let envelope = try open(input, header, versions: 0...(.max))
    try DecoderDefect.unless(
      seal(header, Array(envelope.payload)) == input, "written again it is another envelope")
  }

  private func open(
    _ bytes: [UInt8], _ header: EnvelopeHeader, versions: ClosedRange<UInt16>
  ) throws(WireError) -> Envelope {
    try Envelope.open(
      bytes, expecting: header.kind, source: Self.source, versions: versions, allowsTesting: true)
  }

  private func seal(_ header: EnvelopeHeader, _ payload: [UInt8]) -> [UInt8] {
    Envelope.seal(
      kind: header.kind, version: header.version, isTesting: header.isTesting,
      parameterFingerprint: header.parameterFingerprint, keyFingerprint: header.keyFingerprint,
      payload: payload)
  }
}
