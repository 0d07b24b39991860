import Foundation

/// The text of cells: trimmed of white space as Unicode has it, and composed (NFC).
package enum CellText {
  /// Without the white space around.
  package static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return bytes.prefix(0) }
    let content = bytes[first...last]
    guard bytes[first] >= 0x80 || bytes[last] >= 0x80 else { return content }
    return trimmedOfUnicodeSpaces(content)
  }

  package static func trimmed(_ text: String) -> ArraySlice<UInt8> {
    trimmed(Array(text.utf8)[...])
  }

  /// The text of the bytes with composed characters.
  package static func composed(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return bytes.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private static func trimmedOfUnicodeSpaces(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    let rest = scalars.drop { $0.properties.isWhitespace }
    let end = rest.lastIndex { !$0.properties.isWhitespace }
    guard let end else { return bytes.prefix(0) }
    return Array(String(rest[...end]).utf8)[...]
  }
}
