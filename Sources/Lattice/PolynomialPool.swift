import Locking

/// Memory for polynomials that is used again, so that a computation that was done once allocates
/// nothing when it is done again.
///
/// It keeps `maximumWordCount` words at most and lets go of what was not used for longest: results leave
/// it, memory from elsewhere comes in, and operations at many levels need many sizes.
///
/// Safe to share between threads: each takes what no other has, and first what it gave back itself,
/// which is in its processor's cache and in no other's.
package final class PolynomialPool: Sendable {
  /// What is free, that which was given back last at the end.
  private struct Free {
    var storages: [(storage: ResidueStorage, giver: ThreadIdentity)] = []
    var wordCount = 0

    mutating func remove(at index: Int) -> ResidueStorage {
      let storage = storages.remove(at: index).storage
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
    let taker = ThreadIdentity.current
    let found = free.withLock { free -> ResidueStorage? in
      let index =
        free.storages.lastIndex { $0.storage.count == count && $0.giver == taker }
        ?? free.storages.lastIndex { $0.storage.count == count }
      return index.map { free.remove(at: $0) }
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
      free.storages.append((storage, ThreadIdentity.current))
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
