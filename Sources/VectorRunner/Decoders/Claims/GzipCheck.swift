import ClaimSchema

/// Text that gzip packed.
struct GzipCheck: DecoderCheck {
  static let name = "claims.gzip"
  static let refusals: [any Error.Type] = [ClaimReadError.self]

  /// `a,b\n1,2\n` in a stored block, and by fixed codes with a file's name.
  func seeds() -> [[UInt8]] {
    [
      [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 8, 0, 0xF7, 0xFF, 0x61, 0x2C, 0x62, 0x0A, 0x31, 0x2C,
        0x32, 0x0A, 0x7B, 0x07, 0x97, 0x0A, 8, 0, 0, 0,
      ],
      [
        0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, 0x66, 0, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4, 0x31, 0xE2,
        0x02, 0x00, 0x7B, 0x07, 0x97, 0x0A, 8, 0, 0, 0,
      ],
    ]
  }

  func run(_ input: [UInt8]) throws {
    // Without the mark it would be read as it stands.
    let packed = [0x1F, 0x8B] + input.dropFirst(2)
    let reader = try CSVReader(bytes: packed, source: Self.source)
    while try reader.next() != nil {}
  }
}
