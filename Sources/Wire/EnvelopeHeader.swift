import SecureMemory

/// What an ``Envelope`` says about its payload.
public struct EnvelopeHeader: Hashable, Sendable {
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
  /// The announced length of the payload, not yet compared with the file's.
  public let payloadByteCount: UInt64

  /// The length of a header: 88.
  public static let byteCount = 88

  private static let magic = Array("CRYPTALY".utf8)
  private static let testingFlag: UInt8 = 1
  private static let reservedByteCount = 3

  init(
    kind: WireKind, version: UInt16, isTesting: Bool, parameterFingerprint: Digest,
    keyFingerprint: Digest, payloadByteCount: UInt64
  ) {
    self.kind = kind
    self.version = version
    self.isTesting = isTesting
    self.parameterFingerprint = parameterFingerprint
    self.keyFingerprint = keyFingerprint
    self.payloadByteCount = payloadByteCount
  }

  init(from reader: inout BoundedReader, source: String) throws(WireError) {
    let available = reader.remaining
    let start = try reader.readBytes(
      count: min(available, EnvelopeHeader.magic.count), field: "magic")
    guard !start.isEmpty, EnvelopeHeader.magic.starts(with: start) else {
      throw .notCryptally(source: source)
    }
    guard start.count == EnvelopeHeader.magic.count else {
      throw .truncated(
        source: source, field: "magic", needed: EnvelopeHeader.magic.count,
        available: start.count)
    }
    version = try reader.readUInt16(field: "version")
    let rawKind = try reader.readUInt16(field: "kind")
    let flags = try reader.readUInt8(field: "flags")
    let reserved = try reader.readBytes(
      count: EnvelopeHeader.reservedByteCount, field: "reserved bytes")
    parameterFingerprint = try reader.readDigest(field: "parameter fingerprint")
    keyFingerprint = try reader.readDigest(field: "key fingerprint")
    payloadByteCount = try reader.readUInt64(field: "payload length")

    guard let kind = WireKind(rawValue: rawKind) else {
      throw .unknownKind(source: source, found: rawKind)
    }
    guard flags & ~EnvelopeHeader.testingFlag == 0 else {
      throw .invalid(source: source, field: "flags", problem: "unknown flags are set")
    }
    guard reserved.allSatisfy({ $0 == 0 }) else {
      throw .invalid(source: source, field: "reserved bytes", problem: "they are not zero")
    }
    self.kind = kind
    isTesting = flags & EnvelopeHeader.testingFlag != 0
  }

  func write(to writer: inout BoundedWriter) {
    writer.append(bytes: EnvelopeHeader.magic)
    writer.append(version)
    writer.append(kind.rawValue)
    writer.append(isTesting ? EnvelopeHeader.testingFlag : UInt8(0))
    writer.append(bytes: [UInt8](repeating: 0, count: EnvelopeHeader.reservedByteCount))
    writer.append(parameterFingerprint)
    writer.append(keyFingerprint)
    writer.append(payloadByteCount)
  }
}
