import CZlib

/// Unpacks gzip, block by block: one member or several in a row, as `cat a.gz b.gz` makes them.
final class GzipInflater {
  private let stream: UnsafeMutablePointer<z_stream>
  /// Packed bytes that were read and not yet used.
  private var packed: [UInt8]
  private var position = 0
  /// Whether the last member has ended, so that the file may.
  private var isBetweenMembers = true
  private let source: String

  /// The first two bytes of every member.
  static let magic: [UInt8] = [0x1F, 0x8B]

  /// 15 bits of window, and 16 for gzip's header and checksum rather than zlib's.
  private static let windowBits: Int32 = 15 + 16

  /// - Parameter packed: the file's first bytes.
  init(packed: [UInt8], source: String) throws(ClaimReadError) {
    self.packed = packed
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, GzipInflater.windowBits, ZLIB_VERSION, size) == Z_OK else {
      throw .unreadable(path: source)
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// The next block of unpacked bytes; empty at the end. `refill` gives more packed bytes, none at
  /// the end of the file.
  func next(
    _ refill: () throws(ClaimReadError) -> [UInt8]
  ) throws(ClaimReadError) -> [UInt8] {
    while true {
      if position == packed.count {
        packed = try refill()
        position = 0
        if packed.isEmpty {
          guard isBetweenMembers else { throw .truncatedGzip(source: source) }
          return []
        }
      }
      let block = try inflateBlock()
      if !block.isEmpty { return block }
    }
  }

  private func inflateBlock() throws(ClaimReadError) -> [UInt8] {
    var status = Z_OK
    isBetweenMembers = false
    let start = position
    let block = [UInt8](unsafeUninitializedCapacity: ByteSource.blockByteCount) { room, count in
      packed.withUnsafeMutableBufferPointer { input in
        stream.pointee.next_in = input.baseAddress.map { $0 + start }
        stream.pointee.avail_in = UInt32(clamping: input.count - start)
        stream.pointee.next_out = room.baseAddress
        stream.pointee.avail_out = UInt32(clamping: room.count)
        status = inflate(stream, Z_NO_FLUSH)
      }
      count = room.count - Int(stream.pointee.avail_out)
    }
    position = packed.count - Int(stream.pointee.avail_in)
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      // A member that follows begins with its own header; anything else is damage.
      guard inflateReset(stream) == Z_OK else { throw .damagedGzip(source: source) }
      isBetweenMembers = true
    default: throw .damagedGzip(source: source)
    }
    return block
  }
}
