/// Lines of a text in blocks, without their line ends. A byte order mark at the start is left out.
struct LineReader {
  private var bytes: ByteSource
  private var buffer: [UInt8] = []
  /// What was read and not yet returned starts at `start`.
  private var start = 0
  private var isAtEnd = false
  /// The line that `next` gives next, from 1.
  private(set) var line = 1
  private let byteLimit: Int

  var source: String { bytes.source }

  init(_ bytes: ByteSource, byteLimit: Int) throws(ClaimReadError) {
    self.bytes = bytes
    self.byteLimit = byteLimit
    while buffer.count < ByteOrderMark.bytes.count, try refill() {}
    if buffer.starts(with: ByteOrderMark.bytes) { start = ByteOrderMark.bytes.count }
  }

  /// The next line; nil at the end. Throws for a line of more bytes than are read.
  mutating func next() throws(ClaimReadError) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) { return try take(upTo: end) }
      searched = buffer.count
      try checkLength(searched - start)
      guard try refill() else { break }
      searched -= compact()
    }
    return start < buffer.count ? try take(upTo: buffer.count) : nil
  }

  private mutating func take(upTo end: Int) throws(ClaimReadError) -> [UInt8] {
    try checkLength(end - start)
    let hasReturn = end > start && buffer[end - 1] == 0x0D
    let content = Array(buffer[start..<(hasReturn ? end - 1 : end)])
    start = min(end + 1, buffer.count)
    line += 1
    return content
  }

  private func checkLength(_ count: Int) throws(ClaimReadError) {
    guard count <= byteLimit else {
      throw .recordTooLong(source: source, line: line, limit: byteLimit)
    }
  }

  private mutating func refill() throws(ClaimReadError) -> Bool {
    if isAtEnd { return false }
    let block = try bytes.next()
    isAtEnd = block.isEmpty
    buffer += block
    return !isAtEnd
  }

  /// Forgets what was returned; gives by how much positions in the buffer went down.
  private mutating func compact() -> Int {
    guard start > ByteSource.blockByteCount else { return 0 }
    let count = start
    buffer.removeFirst(count)
    start = 0
    return count
  }
}
