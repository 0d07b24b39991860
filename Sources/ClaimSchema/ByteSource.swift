import Foundation

/// Bytes in blocks, from a file or from memory; gzip is unpacked on the way.
struct ByteSource {
  /// The name that errors give to the bytes.
  let source: String
  private var origin: Origin
  /// A block that was read to look at, before the others.
  private var ahead: [UInt8]?
  private let inflater: GzipInflater?

  fileprivate enum Origin {
    case memory([UInt8])
    case file(FileHandle)
  }

  static let blockByteCount = 1 << 18

  /// Throws `ClaimReadError.fileMissing` or `.unreadable`.
  init(path: String) throws(ClaimReadError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .fileMissing(path: path)
    }
    guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path: path)
    }
    try self.init(.file(handle), source: path)
  }

  init(bytes: [UInt8], source: String) throws(ClaimReadError) {
    try self.init(.memory(bytes), source: source)
  }

  private init(_ origin: Origin, source: String) throws(ClaimReadError) {
    var origin = origin
    let first = try origin.next(source: source)
    let isPacked = first.starts(with: GzipInflater.magic)
    inflater = isPacked ? try GzipInflater(packed: first, source: source) : nil
    ahead = isPacked ? nil : first
    self.origin = origin
    self.source = source
  }

  /// The next block; empty at the end.
  mutating func next() throws(ClaimReadError) -> [UInt8] {
    if let block = ahead.take() { return block }
    guard let inflater else { return try origin.next(source: source) }
    var origin = origin
    let source = source
    let block = try inflater.next { () throws(ClaimReadError) in try origin.next(source: source) }
    self.origin = origin
    return block
  }

  /// The first block, which `next` gives again.
  mutating func peek() throws(ClaimReadError) -> [UInt8] {
    let block = try next()
    ahead = block
    return block
  }
}

extension ByteSource.Origin {
  fileprivate mutating func next(source: String) throws(ClaimReadError) -> [UInt8] {
    switch self {
    case .memory(let bytes):
      self = .memory([])
      return bytes
    case .file(let handle):
      do {
        return try handle.read(upToCount: ByteSource.blockByteCount).map { Array($0) } ?? []
      } catch {
        throw .unreadable(path: source)
      }
    }
  }
}
