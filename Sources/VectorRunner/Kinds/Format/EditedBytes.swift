import SecureMemory

/// The bytes of a case: as they are, or as changes of its group's file.
struct EditedBytes: Decodable, Sendable {
  /// One change; the next one sees what it leaves.
  struct Edit: Decodable, Sendable {
    let at: Int?
    let replace: HexBytes?
    let cut: Int?
    let append: HexBytes?
  }

  let whole: HexBytes?
  let edits: [Edit]?
  /// Whether the last 32 bytes are an envelope's digest that is made anew.
  let reseal: Bool?

  private static let envelopeDomain = "cryptally.envelope"

  /// - Throws: ``VectorMismatch`` when the case's changes are not possible.
  func bytes(of file: HexBytes?) throws(VectorMismatch) -> [UInt8] {
    if let whole { return whole.bytes }
    guard var bytes = file?.bytes, let edits else { throw EditedBytes.impossible("file") }
    let isResealed = reseal ?? false
    if isResealed { bytes = Array(bytes.dropLast(Digest.byteCount)) }
    for edit in edits {
      if let count = edit.cut {
        bytes = Array(bytes.prefix(count))
      } else if let more = edit.append {
        bytes += more.bytes
      } else if let start = edit.at, let new = edit.replace {
        guard start >= 0, start <= bytes.count, new.bytes.count <= bytes.count - start else {
          throw EditedBytes.impossible("replace")
        }
        bytes.replaceSubrange(start..<(start + new.bytes.count), with: new.bytes)
      } else {
        throw EditedBytes.impossible("edits")
      }
    }
    guard isResealed else { return bytes }
    return bytes + Digest.of(bytes, domain: EditedBytes.envelopeDomain).bytes
  }

  private static func impossible(_ field: String) -> VectorMismatch {
    VectorMismatch(field: field, expected: "a possible change", found: "none")
  }
}

/// A group whose cases are one file with changes, or files of their own.
struct FileGroup: Decodable, Sendable {
  let file: HexBytes?
  /// Whether what was made for tests is accepted.
  let acceptsTesting: Bool?

  /// What errors call the bytes of a case.
  static let source = "vector"
}
