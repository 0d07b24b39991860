/// Memory for polynomials that is used again, so that a computation that was done once allocates
/// nothing when it is done again.
///
/// It keeps `maximumWordCount` words at most and lets go of what was not used for longest: results leave
/// it, memory from elsewhere comes in, and operations at many levels need many sizes.
///
/// Safe to share between threads: each takes what no other has.
package final class PolynomialPool: Sendable {
  /// What is free, that which was given back last at the end.
  private struct Free {
    var storages: [ResidueStorage] = []
    var wordCount = 0

    mutating func remove(at index: Int) -> ResidueStorage {
      let storage = storages.remove(at: index)
      wordCount -= storage.count
      return storage
    }
  }

  /// Half a gigabyte: the sums of a slice of totals in a ring of 16,384.
  package static let maximumWordCount = 1 << 26

  private let free = Locked(Free())

  package init() {}

  /// The words that wait to be used again.
  package var freeWordCount: Int { free.withLock { $0.wordCount } }

  /// Storage of exactly `count` words with any content.
  package func take(count: Int) -> ResidueStorage {
    let found = free.withLock { free -> ResidueStorage? in
      guard let index = free.storages.lastIndex(where: { $0.count == count }) else { return nil }
      return free.remove(at: index)
    }
    return found ?? ResidueStorage(count: count)
  }

  /// A polynomial with any residues, to be overwritten.
  package func take<Form>(_ basis: RNSBasis, _ form: Form.Type) -> RNSPolynomial<Form> {
    RNSPolynomial(basis: basis, storage: take(count: basis.wordCount))
  }

  /// Gives storage back. It must not be used any more.
  package func giveBack(_ storage: ResidueStorage) {
    guard storage.count <= PolynomialPool.maximumWordCount else { return }
    free.withLock { free in
      free.storages.append(storage)
      free.wordCount += storage.count
      while free.wordCount > PolynomialPool.maximumWordCount { _ = free.remove(at: 0) }
    }
  }

  /// Gives a polynomial's storage back, unless another polynomial shares it. It must not be used any
  /// more; a secret one is to be wiped before.
  package func giveBack<Form>(_ polynomial: inout RNSPolynomial<Form>) {
    guard let storage = polynomial.releaseStorage() else { return }
    giveBack(storage)
  }
}
