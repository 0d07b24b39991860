#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A bound on the noise of a ciphertext: log2 of a bound on the canonical embedding norm of e, where
/// c(s) = (Q/t)·m + e modulo Q. It bounds every coefficient of e as well.
///
/// Bounds come from `NoiseModel`, which tells which one belongs to which operation.
public struct NoiseBound: Hashable, Comparable, Sendable {
  /// log2 of the bound; −∞ for no noise, +∞ where nothing is known.
  public let log2: Double

  package init(log2: Double) { self.log2 = log2.isNaN ? .infinity : log2 }

  /// Whether one bound is below another.
  public static func < (a: NoiseBound, b: NoiseBound) -> Bool { a.log2 < b.log2 }

  /// No noise at all.
  package static let none = NoiseBound(log2: -.infinity)

  /// The noise of a sum or a difference. Bounds add by the triangle inequality, whether the noises are
  /// independent or one and the same.
  public static func + (a: NoiseBound, b: NoiseBound) -> NoiseBound {
    let (large, small) = a.log2 > b.log2 ? (a.log2, b.log2) : (b.log2, a.log2)
    guard small > -.infinity, large < .infinity else { return NoiseBound(log2: large) }
    return NoiseBound(log2: large + log1p(exp2(small - large)) * 1.442_695_040_888_963_4)
  }

  /// The noise of a sum of `count` ciphertexts that have this noise each, the same one `count` times
  /// among them; or of one multiplied by an integer, whose sign does not matter.
  public func times(_ count: Double) -> NoiseBound {
    guard count != 0, log2 > -.infinity else { return .none }
    return NoiseBound(log2: log2 + binaryLogarithm(count.magnitude))
  }
}

/// The C library's log2, under a name that the properties called `log2` do not hide.
func binaryLogarithm(_ x: Double) -> Double { log2(x) }
