internal import CBigIntegerKernels
internal import CGMP

/// A whole number of any size, over GMP's `mpz`.
///
/// A value type: copies share their limbs until one of them changes, and the limbs are wiped when
/// the last copy goes. Its arithmetic normalizes, so it takes a time that depends on the values: it
/// is for public numbers. Secrets are calculated with in ``SecretInteger``.
public struct BigInteger: Sendable {
  var storage: Storage

  init(storage: Storage) { self.storage = storage }

  /// Zero.
  public init() { storage = Storage(bitCapacity: 64) }

  /// The number `value`.
  public init(_ value: some BinaryInteger) {
    let magnitude = value.magnitude
    var limbs: [UInt] = []
    limbs.reserveCapacity(magnitude.words.count)
    limbs.append(contentsOf: magnitude.words)
    self.init(limbs: limbs)
    if value < 0 { __gmpz_neg(storage.pointer, storage.pointer) }
  }

  /// A number of `mpz`, wiped when released. Written to only while it has one owner.
  final class Storage: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<__mpz_struct>

    /// Room from the start spares a reallocation, which would leave limbs behind unwiped.
    init(bitCapacity: Int) {
      pointer = .allocate(capacity: 1)
      pointer.initialize(to: __mpz_struct())
      __gmpz_init2(pointer, UInt(max(bitCapacity, 64)))
    }

    var limbCapacity: Int { Int(pointer.pointee._mp_alloc) }

    deinit {
      cryptally_wipe(pointer.pointee._mp_d, limbCapacity * MemoryLayout<UInt>.size)
      __gmpz_clear(pointer)
      pointer.deallocate()
    }
  }

  /// A new number that `fill` writes.
  static func make(bitCapacity: Int, _ fill: (UnsafeMutablePointer<__mpz_struct>) -> Void)
    -> BigInteger
  {
    let storage = Storage(bitCapacity: bitCapacity)
    fill(storage.pointer)
    return BigInteger(storage: storage)
  }

  /// For GMP's read-only arguments. The number lives as long as `storage` does.
  var pointer: UnsafePointer<__mpz_struct> { UnsafePointer(storage.pointer) }
}

extension BigInteger: Comparable, Hashable {
  /// True when both are the same number.
  public static func == (a: BigInteger, b: BigInteger) -> Bool {
    withExtendedLifetime((a, b)) { __gmpz_cmp(a.pointer, b.pointer) == 0 }
  }

  /// True when `a` is less than `b`.
  public static func < (a: BigInteger, b: BigInteger) -> Bool {
    withExtendedLifetime((a, b)) { __gmpz_cmp(a.pointer, b.pointer) < 0 }
  }

  /// Feeds sign and magnitude to the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(signum)
    hasher.combine(limbs)
  }
}

extension BigInteger: ExpressibleByIntegerLiteral {
  /// The number of the literal.
  public init(integerLiteral value: Int) { self.init(value) }
}

extension BigInteger {
  /// −1, 0 or 1.
  public var signum: Int { Int(storage.pointer.pointee._mp_size.signum()) }

  /// True for 0.
  public var isZero: Bool { signum == 0 }

  /// True when the lowest bit of the magnitude is set.
  public var isOdd: Bool {
    withExtendedLifetime(self) { __gmpz_tstbit(pointer, 0) == 1 }
  }

  /// The bits of the magnitude without leading zeros; 0 for 0.
  public var bitCount: Int {
    isZero ? 0 : withExtendedLifetime(self) { Int(__gmpz_sizeinbase(pointer, 2)) }
  }
}
