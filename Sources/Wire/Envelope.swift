import SecureMemory

/// What every written thing is wrapped in: what it is, under which parameters and key, and a digest
/// against damage. (A digest is not a signature: it stops accidents, not forgers.)
///
/// Layout, little endian: magic `CRYPTALY` (8 bytes), version of the kind's format (UInt16), kind
/// (UInt16), flags (UInt8, bit 0: made for tests), 3 zero bytes, parameter fingerprint (32), key
/// fingerprint (32), payload length (UInt64), payload, BLAKE2b-256 digest of everything before it
/// under the domain `cryptally.envelope` (32).
public struct Envelope: Sendable {
  /// What the payload is.
  public let kind: WireKind
  /// The version of the kind's format.
  public let version: UInt16
  /// True when it was made for tests, without security.
  public let isTesting: Bool
  /// Names the parameters that the payload was made under.
  public let parameterFingerprint: Digest
  /// Names the public key that the payload belongs to.
  public let keyFingerprint: Digest
  /// The content. It shares the memory of the bytes that were opened.
  public let payload: ArraySlice<UInt8>

  /// How many bytes an envelope has more than its payload: 120.
  public static let overheadByteCount = EnvelopeHeader.byteCount + Digest.byteCount

  private static let digestDomain = "cryptally.envelope"

  /// Wraps `payload`.
  public static func seal(
    kind: WireKind, version: UInt16, isTesting: Bool, parameterFingerprint: Digest,
    keyFingerprint: Digest, payload: [UInt8]
  ) -> [UInt8] {
    var writer = BoundedWriter(reservingCapacity: overheadByteCount + payload.count)
    EnvelopeHeader(
      kind: kind, version: version, isTesting: isTesting,
      parameterFingerprint: parameterFingerprint, keyFingerprint: keyFingerprint,
      payloadByteCount: UInt64(payload.count)
    ).write(to: &writer)
    writer.append(bytes: payload)
    var digest = DigestStream(domain: digestDomain)
    digest.update(writer.bytes)
    writer.append(digest.finalize())
    return writer.bytes
  }

  /// Checks everything there is to check without a key, and allocates nothing for the payload.
  ///
  /// - Parameters:
  ///   - bytes: exactly one envelope.
  ///   - expected: the kind that it must be of.
  ///   - source: the file's name, for errors.
  ///   - versions: the versions of the kind's format that the caller reads.
  ///   - allowsTesting: true only in tests and for `inspect`.
  public static func open(
    _ bytes: [UInt8], expecting expected: WireKind, source: String,
    versions: ClosedRange<UInt16> = 1...1, allowsTesting: Bool = false
  ) throws(WireError) -> Envelope {
    let header = try peek(bytes, source: source)
    guard header.kind == expected else {
      throw .unexpectedKind(source: source, found: header.kind, expected: expected)
    }
    guard versions.contains(header.version) else {
      throw .unsupportedVersion(source: source, found: header.version, supported: versions)
    }
    guard allowsTesting || !header.isTesting else { throw .testingOnly(source: source) }

    let available = bytes.count - EnvelopeHeader.byteCount
    guard let payloadByteCount = Int(exactly: header.payloadByteCount),
      payloadByteCount <= available - Digest.byteCount
    else {
      throw .truncated(
        source: source, field: "payload and digest",
        needed: Int(clamping: UInt128(header.payloadByteCount) + UInt128(Digest.byteCount)),
        available: available)
    }
    let end = EnvelopeHeader.byteCount + payloadByteCount
    let excess = bytes.count - end - Digest.byteCount
    guard excess == 0 else { throw .trailingBytes(source: source, count: excess) }

    var stream = DigestStream(domain: digestDomain)
    bytes.withUnsafeBytes { stream.update(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    guard stream.finalize().bytes.elementsEqual(bytes[end...]) else {
      throw .digestMismatch(source: source)
    }
    return Envelope(
      kind: header.kind, version: header.version, isTesting: header.isTesting,
      parameterFingerprint: header.parameterFingerprint, keyFingerprint: header.keyFingerprint,
      payload: bytes[EnvelopeHeader.byteCount..<end])
  }

  /// Reads the header only, from a file's first ``EnvelopeHeader/byteCount`` bytes or more. The
  /// digest is not checked.
  public static func peek(
    _ prefix: [UInt8], source: String
  ) throws(WireError) -> EnvelopeHeader {
    var reader = BoundedReader(prefix[...], source: source)
    return try EnvelopeHeader(from: &reader, source: source)
  }
}
