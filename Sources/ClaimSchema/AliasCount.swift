/// Guards against small YAML texts whose aliases of aliases unfold without bound.
enum AliasCount {
  /// So many aliases cannot make a text of bounded size unfold into a huge one.
  static let limit = 16
  /// Nor can more of one anchor, while the text that they could stand for has not more bytes than this.
  private static let unfoldedByteLimit = 1 << 26

  /// Whether the text may hold more aliases (`*name`) than the limit, of several anchors (`&name`), or
  /// of one that is long. It is found without unfolding anything, so quoted text that looks like both
  /// counts too.
  static func isExcessive(in yaml: String) -> Bool {
    var anchors = 0
    var aliases = 0
    var before = UInt8(ascii: " ")
    for byte in yaml.utf8 {
      if canStandBefore(before) {
        if byte == UInt8(ascii: "&") { anchors += 1 }
        if byte == UInt8(ascii: "*") { aliases += 1 }
      }
      before = byte
    }
    guard anchors > 0, aliases > limit else { return false }
    return anchors > 1 || aliases * yaml.utf8.count > unfoldedByteLimit
  }

  /// Whether a YAML token can start after this byte: a blank, a line end (some are not ASCII) or an
  /// indicator that needs no blank.
  private static func canStandBefore(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"),
      0x80...:
      true
    default: false
    }
  }
}
