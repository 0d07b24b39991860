public import BigInteger
import Dispatch
import Locking

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Randomizers made ahead of the plaintexts that they will hide, so that encryption is one product.
///
/// A queue in the background fills the pool up to its capacity. Each randomizer is used once: it
/// leaves the pool when it is taken. They are kept in memory that is wiped, and never written
/// anywhere. An empty pool makes what is asked for at the usual cost. After a fork the child's pool
/// starts empty, so that parent and child do not share randomizers.
public final class RandomizerPool: Sendable {
  private struct State {
    var ready: [Randomizer] = []
    var isFilling = false
    var owner = getpid()

    /// Forgets what a parent process may use as well.
    mutating func checkOwner() {
      guard owner != getpid() else { return }
      self = State()
    }
  }

  /// The most randomizers that are held: a 3072-bit key's take about 1.3 KB each.
  public let capacity: Int
  private let encryptor: Encryptor
  private let state = Locked(State())
  private let queue = DispatchQueue(label: "cryptally.paillier.randomizers", qos: .utility)

  /// Starts filling.
  ///
  /// - Parameter capacity: at least 1.
  public init(encryptor: Encryptor, capacity: Int = 1024) {
    self.encryptor = encryptor
    self.capacity = max(1, capacity)
    startFilling()
  }

  /// How many randomizers are ready.
  public var count: Int {
    state.withLock { state in
      state.checkOwner()
      return state.ready.count
    }
  }

  /// Encrypts a plaintext in [0, n).
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)``; then no randomizer was used.
  public func encrypt(_ plaintext: BigInteger) throws(PaillierError) -> Ciphertext {
    let fixed = try encryptor.publicKey.fixedWidth(plaintext, index: 0)
    return encrypt([fixed])[0]
  }

  /// Encrypts plaintexts in [0, n), in their order.
  ///
  /// - Throws: ``PaillierError/plaintextOutOfRange(index:)`` with the place in the array; then
  ///   nothing was encrypted and no randomizer was used.
  public func encrypt(_ plaintexts: [BigInteger]) throws(PaillierError) -> [Ciphertext] {
    var fixed: [SecretInteger] = []
    fixed.reserveCapacity(plaintexts.count)
    for (index, plaintext) in plaintexts.enumerated() {
      fixed.append(try encryptor.publicKey.fixedWidth(plaintext, index: index))
    }
    return encrypt(fixed)
  }

  /// Waits until the pool is full.
  public func fill() {
    startFilling()
    queue.sync {}
  }

  private func encrypt(_ plaintexts: [SecretInteger]) -> [Ciphertext] {
    var randomizers = take(plaintexts.count)
    if randomizers.count < plaintexts.count {
      randomizers += encryptor.randomizers(count: plaintexts.count - randomizers.count)
    }
    return zip(plaintexts, randomizers).map { plaintext, randomizer in
      Ciphertext(
        limbs: randomizer.hide(plaintext, in: encryptor.publicKey.ring).declassifiedLimbs(),
        key: encryptor.publicKey)
    }
  }

  /// Takes as many as are ready, `count` at most.
  private func take(_ count: Int) -> [Randomizer] {
    let (taken, isLow) = state.withLock { state in
      state.checkOwner()
      // One by one: the array that leaves shares no memory with the one that stays.
      var taken: [Randomizer] = []
      while taken.count < count, let randomizer = state.ready.popLast() { taken.append(randomizer) }
      return (taken, state.ready.count <= capacity / 2)
    }
    if isLow { startFilling() }
    return taken
  }

  private func startFilling() {
    let starts = state.withLock { state in
      state.checkOwner()
      defer { state.isFilling = true }
      return !state.isFilling
    }
    guard starts else { return }
    queue.async { [weak self] in
      // The pool may be released between two batches; then nobody waits for more.
      while let pool = self, pool.addBatch() {}
    }
  }

  /// Makes some randomizers; false when the pool is full.
  private func addBatch() -> Bool {
    let missing = state.withLock { state in
      let missing = capacity - state.ready.count
      if missing <= 0 { state.isFilling = false }
      return missing
    }
    guard missing > 0 else { return false }
    let made = encryptor.randomizers(count: min(missing, Encryptor.batchCount))
    state.withLock { $0.ready += made }
    return true
  }
}
