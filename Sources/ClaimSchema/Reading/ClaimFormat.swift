/// How a claims file is written.
public enum ClaimFormat: String, CaseIterable, Hashable, Sendable {
  /// Delimited text with a header: comma, semicolon, tab or pipe.
  case csv
  /// Delimited text with tabs.
  case tsv
  /// JSON, an object a record: one on each line, or the elements of an array.
  case ndjson
  /// FHIR R4 ExplanationOfBenefit: a bundle, or one resource on each line.
  case fhir
}

/// What the beginning of a file says about its format.
struct FormatGuess: Hashable {
  let format: ClaimFormat
  /// Whether JSON is one document rather than one value on each line.
  let isDocument: Bool

  /// - Parameter prefix: the file's first bytes, unpacked.
  init(_ prefix: [UInt8]) {
    let content =
      prefix.starts(with: ByteOrderMark.bytes)
      ? prefix[ByteOrderMark.bytes.count...] : prefix[...]
    var scanner = JSONScanner(content)
    if scanner.take("["), scanner.isAtEnd || [0x7B, 0x5D].contains(scanner.peek()) {
      format = FormatGuess.isFHIR(content[scanner.position...]) ? .fhir : .ndjson
      isDocument = true
      return
    }
    scanner = JSONScanner(content)
    guard scanner.take("{"), scanner.isAtEnd || [0x22, 0x7D].contains(scanner.peek()) else {
      format = .csv
      isDocument = false
      return
    }
    let isBundle = FormatGuess.resourceType(content) == "Bundle"
    format = isBundle || FormatGuess.isFHIR(content) ? .fhir : .ndjson
    isDocument = isBundle || FormatGuess.spansLines(content)
  }

  private static func isFHIR(_ content: ArraySlice<UInt8>) -> Bool {
    resourceType(content) == "ExplanationOfBenefit"
  }

  /// The `resourceType` of the object that starts here, if it stands in these bytes.
  private static func resourceType(_ content: ArraySlice<UInt8>) -> String? {
    var scanner = JSONScanner(content)
    guard scanner.take("{") else { return nil }
    repeat {
      guard let name = try? scanner.memberName() else { return nil }
      if name == "resourceType" {
        guard case .string(let type)? = try? scanner.value(depth: 1) else { return nil }
        return type
      }
      guard (try? scanner.skipValue()) != nil else { return nil }
    } while scanner.take(",")
    return nil
  }

  /// Whether the object that starts here goes on after the first line end. An object that is merely
  /// cut off at the end of its line is followed by another one.
  private static func spansLines(_ content: ArraySlice<UInt8>) -> Bool {
    guard let end = content.firstIndex(of: 0x0A) else { return false }
    if (try? JSONScanner.value(of: content[..<end])) != nil { return false }
    let following = content[end...].first { !JSONScanner.isBlank($0) }
    return following != nil && following != UInt8(ascii: "{")
  }
}
