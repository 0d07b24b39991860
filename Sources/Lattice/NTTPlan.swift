import CLatticeKernels

/// The negacyclic number-theoretic transform for one prime and degree, with its tables.
///
/// The values' order is canonical: position i holds the value at ψ^(2·bitrev(i) + 1), fully reduced,
/// where ψ is the smallest primitive 2N-th root of unity. The transforms are those of Harvey, "Faster
/// arithmetic for number-theoretic transforms", 2014, by the fastest kernels that the processor runs.
public final class NTTPlan: Sendable {
  /// N, a power of two from 8 to 32768.
  public let degree: Int
  /// The prime, 1 modulo 2N.
  public let modulus: Modulus
  /// ψ.
  package let root: UInt64
  /// N^-1 with its quotient.
  package let inverseDegree: clk_constant
  private let table: ResidueStorage

  /// - Throws: `LatticeError.unsupportedDegree`, `.notAnNTTPrime`.
  public init(degree: Int, modulus: Modulus) throws(LatticeError) {
    guard NTTPrimes.isSupported(degree: degree) else { throw .unsupportedDegree(degree) }
    let q = modulus.value
    guard q % UInt64(2 * degree) == 1, NTTPrimes.isPrime(q) else {
      throw .notAnNTTPrime(modulus: q, degree: degree)
    }
    self.degree = degree
    self.modulus = modulus
    root = NTTPlan.smallestPrimitiveRoot(order: UInt64(2 * degree), modulus)
    inverseDegree = modulus.constant(modulus.inverse(UInt64(degree) % q))
    let kernels = Kernels.active.pointee
    table = ResidueStorage(count: kernels.transform_words(degree))
    withUnsafePointer(to: modulus.kernelModulus) {
      kernels.transform_prepare(table.base, degree, $0, root)
    }
  }

  /// Turns N coefficients into values, in place.
  ///
  /// - Parameter residues: N residues below the modulus.
  public func forward(_ residues: inout MutableSpan<UInt64>) {
    precondition(residues.count == degree)
    residues.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      forward(base, from: base)
    }
  }

  /// Turns N values into coefficients, in place.
  ///
  /// - Parameter residues: N residues below the modulus.
  public func inverse(_ residues: inout MutableSpan<UInt64>) {
    precondition(residues.count == degree)
    residues.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      inverse(base, from: base, scale: inverseDegree)
    }
  }

  private var transform: clk_transform {
    clk_transform(modulus: modulus.kernelModulus, n: degree, table: table.base, ahead: nil)
  }

  /// - Parameter ahead: N words that are needed next, to be brought into the cache meanwhile.
  func forward(
    _ values: UnsafeMutablePointer<UInt64>, from coefficients: UnsafePointer<UInt64>,
    ahead: UnsafePointer<UInt64>? = nil
  ) {
    var transform = transform
    transform.ahead = ahead
    withUnsafePointer(to: transform) {
      Kernels.active.pointee.ntt_forward(values, coefficients, $0)
    }
  }

  /// The values of the centred representatives of coefficients modulo another number.
  func forward(
    _ values: UnsafeMutablePointer<UInt64>, fromCentred coefficients: UnsafePointer<UInt64>,
    modulo other: Modulus
  ) {
    withUnsafePointer(to: transform) {
      Kernels.active.pointee.ntt_forward_centred(values, coefficients, other.value, $0)
    }
  }

  /// `scale` times N times the coefficients.
  func inverse(
    _ coefficients: UnsafeMutablePointer<UInt64>, from values: UnsafePointer<UInt64>,
    scale: clk_constant
  ) {
    withUnsafePointer(to: transform) {
      Kernels.active.pointee.ntt_inverse(coefficients, values, scale, $0)
    }
  }

  private static func smallestPrimitiveRoot(order: UInt64, _ modulus: Modulus) -> UInt64 {
    let q = modulus.value
    var candidate: UInt64 = 2
    var root = modulus.power(candidate, (q - 1) / order)
    // ψ has order 2N exactly when ψ^N = −1.
    while modulus.power(root, order / 2) != q - 1 {
      candidate += 1
      root = modulus.power(candidate, (q - 1) / order)
    }
    let square = modulus.multiply(root, root)
    var smallest = root
    for _ in 0..<(order / 2) {
      root = modulus.multiply(root, square)
      smallest = min(smallest, root)
    }
    return smallest
  }
}

/// The lowest `width` bits of `x` in reverse order.
package func bitReversed(_ x: Int, width: Int) -> Int {
  var result = 0
  for bit in 0..<width where x >> bit & 1 == 1 { result |= 1 << (width - 1 - bit) }
  return result
}
