import ClaimSchema
import Foundation
import SecureMemory

extension SourceIdentity {
  /// The identity of a file's content, read in pieces.
  ///
  /// - Parameters:
  ///   - schema: how the file is read.
  ///   - options: the format, and the files that are read beside it.
  /// - Throws: `TableError.cannotRead`.
  package init(
    contentsOf path: String, schema: Schema, options: ReadingOptions = ReadingOptions()
  ) throws(TableError) {
    var stream = DigestStream(domain: "cryptally.source")
    let byteCount = try SourceIdentity.add(contentsOf: path, to: &stream)
    var reading = DigestStream(domain: SourceIdentity.readingDomain)
    reading.update(Array((options.format?.rawValue ?? "").utf8) + [0])
    reading.update(Array(schema.canonicalText.utf8))
    for (name, path) in options.companions.sorted(by: { $0.key < $1.key }) {
      var companion = DigestStream(domain: "cryptally.source.companion")
      _ = try SourceIdentity.add(contentsOf: path, to: &companion)
      reading.update(Array(name.utf8) + [0] + companion.finalize().bytes)
    }
    self.init(digest: stream.finalize(), byteCount: byteCount, reading: reading.finalize())
  }

  private static func add(
    contentsOf path: String, to stream: inout DigestStream
  ) throws(TableError) -> UInt64 {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .cannotRead(path: path, reason: "there is no such file")
    }
    defer { try? file.close() }
    var byteCount: UInt64 = 0
    do {
      while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
        piece.withUnsafeBytes { stream.update($0) }
        byteCount += UInt64(piece.count)
      }
    } catch {
      throw .cannotRead(path: path, reason: "reading failed")
    }
    return byteCount
  }
}
