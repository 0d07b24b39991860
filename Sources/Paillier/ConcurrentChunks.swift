import Dispatch
import Locking

/// Transforms chunks of at most `count` elements on all cores; the results are in the elements'
/// order. Blocks until all are done.
func concurrentChunks<Element: Sendable, Result: Sendable>(
  of elements: [Element], count: Int, _ transform: @Sendable ([Element]) -> [Result]
) -> [Result] {
  let chunkCount = (elements.count + count - 1) / count
  guard chunkCount > 1 else { return transform(elements) }
  let results = Locked([[Result]](repeating: [], count: chunkCount))
  DispatchQueue.concurrentPerform(iterations: chunkCount) { index in
    let chunk = Array(elements[(index * count)..<min(elements.count, (index + 1) * count)])
    let transformed = transform(chunk)
    results.withLock { $0[index] = transformed }
  }
  return results.withLock { $0.flatMap { $0 } }
}
