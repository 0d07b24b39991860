#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A bound on the noise of a ciphertext: log2 of a bound on the canonical embedding norm of e, where
/// c(s) = (Q/t)·m + e modulo Q. It bounds every coefficient of e as well.
public struct NoiseBound: Hashable, Comparable, Sendable {
  /// log2 of the bound; −∞ for no noise.
  public let log2: Double

  package init(log2: Double) { self.log2 = log2 }

  /// Whether one bound is below another.
  public static func < (a: NoiseBound, b: NoiseBound) -> Bool { a.log2 < b.log2 }

  /// No noise at all.
  package static let none = NoiseBound(log2: -.infinity)

  /// Bounds add, because noises may be correlated.
  package static func + (a: NoiseBound, b: NoiseBound) -> NoiseBound {
    let (large, small) = a.log2 > b.log2 ? (a.log2, b.log2) : (b.log2, a.log2)
    guard small > -.infinity else { return NoiseBound(log2: large) }
    return NoiseBound(log2: large + log1p(exp2(small - large)) * 1.442_695_040_888_963_4)
  }

  /// A sum of `count` such noises, or one multiplied by an integer of that size.
  package func times(_ count: Double) -> NoiseBound {
    count <= 0 ? .none : NoiseBound(log2: log2 + binaryLogarithm(count))
  }
}

/// The static noise bound of every operation.
///
/// Norms are in the canonical embedding, where products are submultiplicative and sums obey the
/// triangle inequality (Gentry, Halevi, Smart, "Homomorphic evaluation of the AES circuit", 2012,
/// appendix A.5; Iliashenko 2019, section 2.4.3). Only freshly sampled polynomials and ciphertext
/// parts, which are uniform by the RLWE assumption, are bounded by probability: an evaluation of a
/// polynomial with independent coefficients of variance V is near a complex Gaussian of variance
/// N·V, so it exceeds D·√(N·V) with probability e^(−D²). With D² = 72 that is 2^-104, which leaves
/// 2^-64 over 2^40 evaluations: an answer over 2^25 polynomials of degree 2^15.
public struct NoiseModel: Sendable {
  private let degree: Double
  private let plaintextModulus: Double
  private let log2Moduli: [Double]
  private let log2Special: Double

  /// D of the type's description.
  private static let tail = 72.0.squareRoot()
  /// Variance of the centred binomial distribution with parameter 21.
  private static let errorVariance = 10.5

  /// The bound for a set of parameters.
  public init(_ parameters: EncryptionParameters) {
    self.init(
      degree: parameters.degree, plaintextModulus: Double(parameters.plaintextModulus),
      log2Moduli: parameters.ciphertextModuli.map { binaryLogarithm(Double($0)) },
      log2Special: binaryLogarithm(Double(parameters.specialModulus)))
  }

  init(degree: Int, plaintextModulus: Double, log2Moduli: [Double], log2Special: Double) {
    self.degree = Double(degree)
    self.plaintextModulus = plaintextModulus
    self.log2Moduli = log2Moduli
    self.log2Special = log2Special
  }

  /// The number of primes of a fresh ciphertext.
  package var topLevel: Int { log2Moduli.count }

  private func log2Modulus(level: Int) -> Double { log2Moduli.prefix(level).reduce(0, +) }

  private func sampled(variance: Double) -> Double {
    NoiseModel.tail * (degree * variance).squareRoot()
  }

  private var secretNorm: Double { sampled(variance: 2.0 / 3) }

  /// One rounding of every coefficient of a two-part ciphertext: ε0 + ε1·s.
  private var rounding: Double { sampled(variance: 1.0 / 12) * (1 + secretNorm) }

  /// The rounding of Q·m/t. It follows from the message, so only its size is known: at most one half
  /// for each coefficient.
  private var encoding: Double { degree / 2 }

  private func bound(_ value: Double) -> NoiseBound { NoiseBound(log2: binaryLogarithm(value)) }

  /// A public-key encryption: e·u + e0 + e1·s and the rounding of Q·m/t.
  public var fresh: NoiseBound {
    let masks = (2 * secretNorm * secretNorm + 1).squareRoot()
    return bound(
      sampled(variance: NoiseModel.errorVariance) * masks + encoding)
  }

  /// A secret-key encryption: e and the rounding of Q·m/t.
  public var freshSymmetric: NoiseBound {
    bound(sampled(variance: NoiseModel.errorVariance) + encoding)
  }

  /// Adding a plaintext: the rounding of Q·m/t.
  public func addingPlaintext(_ a: NoiseBound) -> NoiseBound {
    a + bound(encoding)
  }

  /// A product with any plaintext: its norm is at most N·t/2 whatever its slots are.
  public func multiplyingPlaintext(_ a: NoiseBound) -> NoiseBound {
    a.times(degree * plaintextModulus / 2)
  }

  /// A product of two ciphertexts, scaled by t/Q and rounded, in three parts, with `level` primes.
  ///
  /// From (t/Q)·c(s)·c'(s): each noise is multiplied by (t/Q)·c'(s), whose parts are uniform modulo
  /// Q, so at most t·D·√(N/12)·(1 + |s|) in norm; the rounding touches 1, s and s².
  public func product(_ a: NoiseBound, _ b: NoiseBound, level: Int) -> NoiseBound {
    let lift = plaintextModulus * rounding
    let cross = NoiseBound(
      log2: a.log2 + b.log2 + binaryLogarithm(plaintextModulus) - log2Modulus(level: level))
    let square = secretNorm * secretNorm
    let rounded = sampled(variance: 1.0 / 12) * (1 + square + square * square).squareRoot()
    return (a + b).times(lift) + cross + bound(rounded)
  }

  /// What a key switch adds at `level`: the digits times the key's errors over the special prime,
  /// and one rounding.
  public func keySwitch(level: Int) -> NoiseBound {
    let largest = log2Moduli.prefix(level).max() ?? 0
    let errors =
      sampled(variance: 1.0 / 12) * sampled(variance: NoiseModel.errorVariance)
      * Double(level).squareRoot()
    return NoiseBound(log2: binaryLogarithm(errors) + largest - log2Special) + bound(rounding)
  }

  /// Switching from one number of primes to a smaller one.
  public func modulusSwitch(_ a: NoiseBound, from level: Int, to target: Int) -> NoiseBound {
    guard target < level else { return a }
    let shift = log2Modulus(level: level) - log2Modulus(level: target)
    // Every dropped prime adds one rounding; the earlier ones are divided by the later primes.
    return NoiseBound(log2: a.log2 - shift) + bound(rounding).times(2)
  }

  /// Packing totals by the trace: key switches whose noise doubles at each of log2 N steps.
  public func packing(_ a: NoiseBound, level: Int) -> NoiseBound {
    a + keySwitch(level: level).times(degree)
  }

  /// Whether a ciphertext with this noise decrypts at `level`: t·e/Q stays below one half.
  public func decrypts(_ a: NoiseBound, level: Int) -> Bool {
    a.log2 + binaryLogarithm(plaintextModulus) + 1 < log2Modulus(level: level)
  }

  /// Bits by which the noise of a total that is sent stays below what would still decrypt.
  static let marginBits = 8

  /// Whether a total with this noise, flooding included, may be sent at `level`.
  package func admitsTotal(_ a: NoiseBound, level: Int) -> Bool {
    a < largestTotal(level: level)
  }

  /// The noise that a total sent at `level` must stay below, flooding included.
  package func largestTotal(level: Int) -> NoiseBound {
    NoiseBound(
      log2: log2Modulus(level: level) - binaryLogarithm(plaintextModulus) - 1
        - Double(NoiseModel.marginBits))
  }

  /// The flooding of an answer: log2 of the bound B of the uniform noise that is added to each
  /// coefficient that is sent, 2^40 times the noise and the number of totals, rounded up.
  package func floodingBits(over a: NoiseBound, totals: Int) -> Int {
    Int((a.log2 + 40 + binaryLogarithm(Double(max(totals, 1)))).rounded(.up))
  }

  /// The noise of a flooded coefficient.
  package func flooded(_ a: NoiseBound, totals: Int) -> NoiseBound {
    a + NoiseBound(log2: Double(floodingBits(over: a, totals: totals)))
  }
}

/// The C library's log2, under a name that the properties called `log2` do not hide.
func binaryLogarithm(_ x: Double) -> Double { log2(x) }
