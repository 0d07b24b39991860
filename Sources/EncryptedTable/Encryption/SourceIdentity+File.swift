import Foundation
import SecureMemory

extension SourceIdentity {
  /// The identity of a file's content, read in pieces.
  ///
  /// - Throws: `TableError.cannotRead`.
  package init(contentsOf path: String) throws(TableError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .cannotRead(path: path, reason: "there is no such file")
    }
    defer { try? file.close() }
    var stream = DigestStream(domain: "cryptally.source")
    var byteCount: UInt64 = 0
    do {
      while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
        piece.withUnsafeBytes { stream.update($0) }
        byteCount += UInt64(piece.count)
      }
    } catch {
      throw .cannotRead(path: path, reason: "reading failed")
    }
    self.init(digest: stream.finalize(), byteCount: byteCount)
  }
}
