import SecureMemory
import Testing
import Wire
import _TestSupport

struct BoundedReaderTests {
  private func written() -> [UInt8] {
    var writer = BoundedWriter()
    writer.append(UInt8(0xab))
    writer.append(UInt16(0x0102))
    writer.append(UInt32(0x0304_0506))
    writer.append(UInt64(0x0708_090a_0b0c_0d0e))
    writer.append(Int64(-2))
    writer.append(true)
    writer.append(string: "Zürich")
    writer.append(lengthPrefixed: [1, 2, 3])
    writer.append(Digest.of([], domain: "x"))
    writer.append(UInt32(2))
    writer.append(words: [5, .max])
    writer.append(bytes: [9])
    return writer.bytes
  }

  private func read(_ bytes: [UInt8]) throws(WireError) {
    // The slice does not begin at 0, as with the payload of an envelope.
    var reader = BoundedReader(([0, 0] + bytes)[2...], source: "f")
    #expect(try reader.readUInt8(field: "a") == 0xab)
    #expect(try reader.readUInt16(field: "b") == 0x0102)
    #expect(try reader.readUInt32(field: "c") == 0x0304_0506)
    #expect(try reader.readUInt64(field: "d") == 0x0708_090a_0b0c_0d0e)
    #expect(try reader.readInt64(field: "e") == -2)
    #expect(try reader.readBool(field: "f"))
    #expect(try reader.readString(limit: 7, field: "g") == "Zürich")
    #expect(try Array(reader.readLengthPrefixed(limit: 3, field: "h")) == [1, 2, 3])
    #expect(try reader.readDigest(field: "i") == Digest.of([], domain: "x"))
    let count = try reader.readCount(atMost: 2, field: "j")
    #expect(try reader.readWords(count: count, field: "k") == [5, .max])
    #expect(reader.remaining == 1)
    #expect(try Array(reader.readBytes(count: 1, field: "l")) == [9])
    try reader.finish()
  }

  @Test func roundTrip() throws {
    try read(written())
  }

  @Test func integersAreLittleEndian() {
    #expect(written()[..<7] == [0xab, 0x02, 0x01, 0x06, 0x05, 0x04, 0x03])
  }

  @Test func everyReadIsBounded() {
    var reader = BoundedReader([1, 2, 3][...], source: "f")
    #expect(throws: WireError.truncated(source: "f", field: "x", needed: 4, available: 3)) {
      try reader.readUInt32(field: "x")
    }
    #expect(throws: WireError.truncated(source: "f", field: "x", needed: 32, available: 3)) {
      try reader.readDigest(field: "x")
    }
    #expect(throws: WireError.truncated(source: "f", field: "x", needed: -1, available: 3)) {
      try reader.readBytes(count: -1, field: "x")
    }
    for count in [-1, 1, Int.max, Int.min] {
      #expect(throws: WireError.self) { try reader.readWords(count: count, field: "x") }
    }
    #expect(reader.remaining == 3)
    #expect(throws: WireError.trailingBytes(source: "f", count: 3)) { try reader.finish() }
  }

  @Test func lengthsAreBoundedBeforeTheyAreUsed() {
    let huge = [UInt8](repeating: 0xff, count: 12)
    var reader = BoundedReader(huge[...], source: "f")
    #expect(
      throws: WireError.overLimit(source: "f", field: "x", found: 0xffff_ffff, limit: 10)
    ) { try reader.readString(limit: 10, field: "x") }
    #expect(
      throws: WireError.overLimit(source: "f", field: "x", found: .max, limit: 10)
    ) { try reader.readLengthPrefixed(limit: 10, field: "x") }
    reader = BoundedReader(huge[...], source: "f")
    #expect(
      throws: WireError.overLimit(source: "f", field: "n", found: 0xffff_ffff, limit: 4096)
    ) { try reader.readCount(atMost: 4096, field: "n") }
  }

  @Test func onlyOneWritingOfAValue() {
    var reader = BoundedReader([2, 1, 0, 0, 0, 0xff][...], source: "f")
    #expect(
      throws: WireError.invalid(source: "f", field: "x", problem: "it is neither 0 nor 1")
    ) { try reader.readBool(field: "x") }
    #expect(
      throws: WireError.invalid(source: "f", field: "x", problem: "it is not valid UTF-8")
    ) { try reader.readString(limit: 10, field: "x") }
  }

  @Test func secretsMoveOutOfTheWriter() {
    var writer = BoundedWriter(reservingCapacity: 16)
    writer.append(bytes: [1, 2, 3])
    let secret = writer.moveToSecureBytes()
    #expect(secret.withUnsafeBytes { Array($0) } == [1, 2, 3])
    #expect(writer.bytes.isEmpty)
  }
}

struct WireErrorTests {
  @Test func everyErrorNamesItsSource() {
    let errors: [WireError] = [
      .truncated(source: "file.key", field: "salt", needed: 2, available: 1),
      .trailingBytes(source: "file.key", count: 1), .notCryptally(source: "file.key"),
      .unsupportedVersion(source: "file.key", found: 3, supported: 1...2),
      .unknownKind(source: "file.key", found: 99),
      .unexpectedKind(source: "file.key", found: .answer, expected: .secretKey),
      .testingOnly(source: "file.key"), .digestMismatch(source: "file.key"),
      .overLimit(source: "file.key", field: "columns", found: 5, limit: 4),
      .invalid(source: "file.key", field: "flags", problem: "unknown"),
    ]
    for error in errors { #expect(error.description.hasPrefix("file.key: ")) }
  }
}
