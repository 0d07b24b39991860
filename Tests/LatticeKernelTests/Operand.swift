import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether an operand begins at a multiple of 64 bytes or only at one of its element's size.
enum OperandAlignment: CaseIterable {
  case cacheLine
  case element
}

/// Memory for kernels to work on. It ends at a page that nobody may touch, so that an access past the
/// end traps; and there are marks around it, so that a write is noticed.
///
/// Its length in bytes has to be a multiple of 64 to be aligned to 64.
final class Operand<Element: BitwiseCopyable & Equatable> {
  let pointer: UnsafeMutablePointer<Element>
  let count: Int
  private let mapping: UnsafeMutableRawBufferPointer
  private let content: Range<Int>

  private static var mark: UInt8 { 0xA5 }
  private static var markedByteCount: Int { 64 }

  init(count: Int, _ alignment: OperandAlignment = .cacheLine) {
    let page = Int(getpagesize())
    let byteCount = count * MemoryLayout<Element>.stride
    let gap = alignment == .element ? MemoryLayout<Element>.stride : 0
    let writable = (Self.markedByteCount + byteCount + gap + page - 1) / page * page
    #if canImport(Glibc)
      let flags = MAP_PRIVATE | MAP_ANONYMOUS
    #else
      let flags = MAP_PRIVATE | MAP_ANON
    #endif
    guard
      let start = mmap(nil, writable + page, PROT_READ | PROT_WRITE, flags, -1, 0),
      start != MAP_FAILED, mprotect(start + writable, page, PROT_NONE) == 0
    else { preconditionFailure("no memory for an operand of \(byteCount) bytes") }
    mapping = UnsafeMutableRawBufferPointer(start: start, count: writable + page)
    content = (writable - gap - byteCount)..<(writable - gap)
    pointer = (start + content.lowerBound).bindMemory(to: Element.self, capacity: count)
    self.count = count
    memset(
      start + content.lowerBound - Self.markedByteCount, Int32(Self.mark),
      Self.markedByteCount + byteCount + gap)
  }

  convenience init(_ elements: [Element], _ alignment: OperandAlignment = .cacheLine) {
    self.init(count: elements.count, alignment)
    fill(elements)
  }

  deinit { munmap(mapping.baseAddress, mapping.count) }

  func fill(_ elements: [Element]) {
    precondition(elements.count == count)
    elements.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      pointer.update(from: base, count: count)
    }
  }

  /// Overwrites what a kernel has to write.
  func forget() { memset(pointer, Int32(Self.mark), content.count) }

  var elements: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Whether nothing was written around the content.
  private var isIntact: Bool {
    let before = mapping[content.lowerBound - Self.markedByteCount..<content.lowerBound]
    let after = mapping[content.upperBound..<min(content.upperBound + 8, guardStart)]
    return before.allSatisfy { $0 == Self.mark } && after.allSatisfy { $0 == Self.mark }
  }

  private var guardStart: Int { mapping.count - Int(getpagesize()) }

  /// Whether the first elements are the expected ones and nothing was written outside.
  private func holds(_ expected: [Element]) -> Bool {
    expected.count <= count && isIntact
      && expected.withUnsafeBytes { expected in
        guard let base = expected.baseAddress else { return true }
        return memcmp(base, pointer, expected.count) == 0
      }
  }

  /// Records an issue unless the first elements are the expected ones and nothing was written outside.
  func expect(
    _ expected: [Element], _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if holds(expected) { return }
    let position = zip(elements, expected).enumerated().first { $1.0 != $1.1 }
    let problem =
      if let position {
        "position \(position.offset) holds \(position.element.0), not \(position.element.1)"
      } else {
        isIntact ? "there are too few elements" : "something was written outside"
      }
    Issue.record("\(what()): \(problem)", sourceLocation: sourceLocation)
  }
}
