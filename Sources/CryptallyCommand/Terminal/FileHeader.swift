import Cryptally

/// The first bytes of one of our files.
enum FileHeader {
  /// - Throws: `WireError`; `CommandFailure` when the file is missing.
  static func read(_ path: String) throws -> EnvelopeHeader {
    try Envelope.peek(FilePrefix.read(path, byteCount: EnvelopeHeader.byteCount), source: path)
  }
}
