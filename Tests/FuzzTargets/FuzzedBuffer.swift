/// Memory for a kernel, as long as what is in it and no byte longer, so that the address sanitizer
/// sees every access beside it.
final class FuzzedBuffer<Element: BitwiseCopyable & Hashable> {
  let pointer: UnsafeMutablePointer<Element>
  private let allocation: UnsafeMutableRawPointer
  private let count: Int

  /// - Parameter isAligned: whether it begins at a multiple of 64 bytes, or at one of the element's
  ///   size only.
  init(_ elements: [Element], isAligned: Bool) {
    let size = MemoryLayout<Element>.stride
    let gap = isAligned ? 0 : size
    allocation = .allocate(byteCount: gap + elements.count * size, alignment: 64)
    pointer = (allocation + gap).bindMemory(to: Element.self, capacity: elements.count)
    count = elements.count
    pointer.initialize(from: elements, count: elements.count)
  }

  deinit { allocation.deallocate() }

  var elements: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}
