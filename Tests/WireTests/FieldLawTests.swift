import SecureMemory
import Testing
import Wire
import _TestSupport

/// Fields are read as they were written, in any order, and not a byte more or less.
@Suite struct FieldLawTests {
  private enum Field: Equatable {
    case word8(UInt8)
    case word16(UInt16)
    case word32(UInt32)
    case word64(UInt64)
    case integer(Int64)
    case flag(Bool)
    case bytes([UInt8])
    case text(String)
    case prefixed([UInt8])
    case digest(Digest)
    case words([UInt64])

    static func make(_ choices: inout Choices) -> Field {
      switch choices.pick(11) {
      case 0: .word8(choices.integer(in: 0...UInt8.max))
      case 1: .word16(choices.integer(in: 0...UInt16.max))
      case 2: .word32(choices.integer(in: 0...UInt32.max))
      case 3: .word64(choices.integer(in: 0...UInt64.max))
      case 4: .integer(choices.integer(in: Int64.min...Int64.max))
      case 5: .flag(choices.bool())
      case 6: .bytes(choices.bytes(count: 0...9))
      case 7: .text(choices.text(of: "aé漢😀\u{0}\u{FEFF}\"\n", count: 0...6))
      case 8: .prefixed(choices.bytes(count: 0...9))
      case 9: .digest(Digest.of(choices.bytes(count: 0...2), domain: "field laws"))
      default: .words(choices.array(count: 0...4) { $0.integer(in: 0...UInt64.max) })
      }
    }

    func write(to writer: inout BoundedWriter) {
      switch self {
      case .word8(let value): writer.append(value)
      case .word16(let value): writer.append(value)
      case .word32(let value): writer.append(value)
      case .word64(let value): writer.append(value)
      case .integer(let value): writer.append(value)
      case .flag(let value): writer.append(value)
      case .bytes(let value): writer.append(bytes: value)
      case .text(let value): writer.append(string: value)
      case .prefixed(let value): writer.append(lengthPrefixed: value)
      case .digest(let value): writer.append(value)
      case .words(let value): writer.append(words: value)
      }
    }

    /// What is read in the field's place, with the limits as tight as can be.
    func read(from reader: inout BoundedReader) throws -> Field {
      switch self {
      case .word8: .word8(try reader.readUInt8(field: "f"))
      case .word16: .word16(try reader.readUInt16(field: "f"))
      case .word32: .word32(try reader.readUInt32(field: "f"))
      case .word64: .word64(try reader.readUInt64(field: "f"))
      case .integer: .integer(try reader.readInt64(field: "f"))
      case .flag: .flag(try reader.readBool(field: "f"))
      case .bytes(let value): .bytes(Array(try reader.readBytes(count: value.count, field: "f")))
      case .text(let value): .text(try reader.readString(limit: value.utf8.count, field: "f"))
      case .prefixed(let value):
        .prefixed(Array(try reader.readLengthPrefixed(limit: value.count, field: "f")))
      case .digest: .digest(try reader.readDigest(field: "f"))
      case .words(let value): .words(try reader.readWords(count: value.count, field: "f"))
      }
    }

    /// Strings of equal bytes, which Swift's equality is not.
    var textBytes: [UInt8]? { if case .text(let text) = self { Array(text.utf8) } else { nil } }
  }

  @Test func fieldsAreReadAsTheyWereWritten() throws {
    try Property("fields are read as they were written", runs: 2000) { choices in
      choices.array(count: 0...8) { Field.make(&$0) }
    } holds: { fields in
      var writer = BoundedWriter()
      for field in fields { field.write(to: &writer) }
      var reader = BoundedReader(writer.bytes[...], source: "fields")
      for field in fields {
        let read = try field.read(from: &reader)
        try agree(read, field, "the field")
        try agree(read.textBytes, field.textBytes, "the text's bytes")
      }
      try reader.finish()
      try agree(reader.remaining, 0, "what is left")
      // In a slice of more bytes as well, and no byte may be missing or too many.
      let framed = [7] + writer.bytes + [9]
      var framedReader = BoundedReader(framed[1..<framed.count - 1], source: "slice")
      try agree(try fields.map { try $0.read(from: &framedReader) }, fields, "from a slice")
      try framedReader.finish()
      var longer = BoundedReader(framed[1...], source: "longer")
      for field in fields { _ = try field.read(from: &longer) }
      try hold((try? longer.finish()) == nil, "a byte too many was not noticed")
      guard !writer.bytes.isEmpty else { return }
      var shorter = BoundedReader(writer.bytes.dropLast(), source: "shorter")
      let isRead = (try? fields.map { try $0.read(from: &shorter) }) != nil
      try hold(!isRead, "a byte too few was not noticed")
    }.check()
  }

  @Test func envelopesOpenToWhatWasSealed() throws {
    struct Case: CustomStringConvertible {
      let kind: WireKind
      let version: UInt16
      let isTesting: Bool
      let payload: [UInt8]
      var description: String { "\(kind), version \(version), \(isTesting), \(payload)" }
    }
    let (parameters, key) = (Digest.of([1], domain: "p"), Digest.of([2], domain: "k"))
    try Property("an envelope opens to what was sealed", runs: 500) { choices in
      Case(
        kind: choices.element(of: WireKind.allCases), version: choices.integer(in: 1...UInt16.max),
        isTesting: choices.bool(), payload: choices.bytes(count: 0...40))
    } holds: { made in
      let bytes = Envelope.seal(
        kind: made.kind, version: made.version, isTesting: made.isTesting,
        parameterFingerprint: parameters, keyFingerprint: key, payload: made.payload)
      try agree(bytes.count, made.payload.count + Envelope.overheadByteCount, "the size")
      let header = try Envelope.peek(bytes, source: "envelope")
      try agree(header.kind, made.kind, "the kind in the header")
      let opened = try Envelope.open(
        bytes, expecting: made.kind, source: "envelope", versions: made.version...made.version,
        allowsTesting: made.isTesting)
      try agree(Array(opened.payload), made.payload, "the payload")
      try agree(opened.isTesting, made.isTesting, "the testing flag")
      try agree(opened.version, made.version, "the version")
      try agree(opened.parameterFingerprint, parameters, "the parameters' fingerprint")
      try agree(opened.keyFingerprint, key, "the key's fingerprint")
    }.check()
  }
}
