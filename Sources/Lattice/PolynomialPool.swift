/// Memory for polynomials that is used again, so that a computation that was done once allocates
/// nothing when it is done again.
///
/// Safe to share between threads: each takes what no other has.
package final class PolynomialPool: Sendable {
  private let free = Locked<[ResidueStorage]>([])

  package init() {}

  /// Storage of exactly `count` words with any content.
  package func take(count: Int) -> ResidueStorage {
    let found = free.withLock { free -> ResidueStorage? in
      guard let index = free.lastIndex(where: { $0.count == count }) else { return nil }
      free.swapAt(index, free.endIndex - 1)
      return free.removeLast()
    }
    return found ?? ResidueStorage(count: count)
  }

  /// A polynomial with any residues, to be overwritten.
  package func take<Form>(_ basis: RNSBasis, _ form: Form.Type) -> RNSPolynomial<Form> {
    RNSPolynomial(basis: basis, storage: take(count: basis.wordCount))
  }

  /// Gives storage back. It must not be used any more.
  package func giveBack(_ storage: ResidueStorage) {
    free.withLock { $0.append(storage) }
  }

  /// Gives a polynomial's storage back, unless another polynomial shares it. It must not be used any
  /// more; a secret one is to be wiped before.
  package func giveBack<Form>(_ polynomial: inout RNSPolynomial<Form>) {
    guard let storage = polynomial.releaseStorage() else { return }
    giveBack(storage)
  }
}
