/// The static noise bound of every operation.
///
/// | operation | bound |
/// | --- | --- |
/// | encryption | `fresh`, `freshSymmetric` |
/// | `add`, `subtract`, `sum` | `NoiseBound.+` over all operands |
/// | `negate` | the operand's |
/// | product with an integer | `NoiseBound.times` |
/// | `add` a plaintext | `addingPlaintext` |
/// | product with a plaintext | `multiplyingPlaintext`; for `innerProduct` the sum over all terms |
/// | `multiply` | `product` |
/// | `ProductAccumulator` | the sum of `product` over all terms, each times its weight |
/// | `relinearize`, `rotateRows`, `swapRows` | the operand's and `keySwitch` |
/// | `slotSum`, `slotMean` | `slotSum`, `slotMean` |
/// | `switchModulus` | `modulusSwitch` |
/// | `packConstants` | `packing` |
/// | `extractTotals` | counted and checked by itself |
///
/// **Norms** are in the canonical embedding, the largest absolute value at the primitive 2N-th roots
/// of unity, where products are submultiplicative, sums obey the triangle inequality, automorphisms
/// change nothing and every coefficient is at most the norm (Gentry, Halevi, Smart, "Homomorphic
/// evaluation of the AES circuit", 2012, appendix A.5; Iliashenko 2019, section 2.4.3).
///
/// **Chance** enters with freshly sampled polynomials and with ciphertext parts alone. Their
/// coefficients are independent and strictly sub-Gaussian: E e^(λx) ≤ e^(Vλ²/2) with V = 2/3 for
/// uniform ternary, 21/2 for centred binomial, q²/12 for uniform residues modulo q, 1/12 for
/// remainders of a rounding (Arbel, Marchal, Nguyen, "On strict sub-Gaussianity, optimal proxy variance
/// and symmetry for bounded random variables", 2020; for equidistant values Atouani, Marchal, Arbel,
/// "Optimal sub-Gaussian variance proxy for 3-mass distributions", 2025). At a root of
/// unity such a polynomial is a plane vector that is sub-Gaussian with N·V/2 in every direction, so it
/// exceeds D·√(N·V) with probability at most e·D²·e^(−D²) (as Hsu, Kakade, Zhang, "A tail inequality
/// for quadratic forms of subgaussian random vectors", 2012: the mean of e^(s|x|²/2) is at most that of
/// a Gaussian, then Markov's inequality with the best s). With D² = 78 that is 2^-104, which leaves
/// 2^-64 over 2^40 evaluations: an answer over 2^25 polynomials of degree 2^15.
///
/// That ciphertext parts are uniform is the RLWE assumption. It is used for events only that the
/// ciphertexts and public keys show by themselves: norms of parts, digits and remainders. What meets a
/// secret or a key's error is taken apart by the triangle inequality before; so nothing is assumed to
/// be independent of them, however often a key was used.
public struct NoiseModel: Sendable {
  let degree: Double
  let plaintextModulus: Double
  private let log2Moduli: [Double]
  private let log2Special: Double

  /// D of the type's description.
  private static let tail = 78.0.squareRoot()
  /// Variance of the centred binomial distribution with parameter 21.
  private static let errorVariance = 10.5
  /// Bits to spare in comparisons: for the rounding of `Double`, and because decryption, too, takes a
  /// neighbouring multiple of Q within (count of primes) · 2^-49 of one half (`BaseConverter`).
  static let slack = 0x1p-20

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

  func log2Modulus(level: Int) -> Double { log2Moduli.prefix(max(level, 0)).reduce(0, +) }

  // MARK: Norms of what is sampled

  /// D·√(N·V).
  private func sampled(variance: Double) -> Double {
    NoiseModel.tail * (degree * variance).squareRoot()
  }

  private var secretNorm: Double { sampled(variance: 2.0 / 3) }

  /// A polynomial that is uniform in one unit around zero.
  private var remainder: Double { sampled(variance: 1.0 / 12) }

  /// The same as base conversion leaves it: within 64 · 2^-49 of the border a coefficient may be its
  /// neighbour, one unit away. Four such coefficients in one polynomial have probability 2^-112.
  private var convertedRemainder: Double { remainder + 3 }

  /// Remainders of a ciphertext's parts: r0 + r1·s, and with three parts + r2·s².
  private func remainders(_ remainder: Double, parts: Int) -> Double {
    let square = parts > 2 ? secretNorm * secretNorm : 0
    return remainder * (1 + secretNorm + square)
  }

  /// The rounding of Q·m/t. It follows from the message, so only its size is known: at most one half
  /// for each coefficient.
  private var encoding: Double { degree / 2 }

  func bound(_ value: Double) -> NoiseBound { NoiseBound(log2: binaryLogarithm(value)) }

  // MARK: Encryption

  /// A public-key encryption: e·u + e0 + e1·s and the rounding of Q·m/t.
  ///
  /// Given u and s, the three errors are independent: at a root of unity a sub-Gaussian vector with
  /// (N·V/2)·(|u|² + 1 + |s|²). Source: Fan and Vercauteren, "Somewhat practical fully homomorphic
  /// encryption", 2012, lemma 1, in the canonical embedding.
  public var fresh: NoiseBound {
    let masks = (2 * secretNorm * secretNorm + 1).squareRoot()
    return bound(sampled(variance: NoiseModel.errorVariance) * masks + encoding)
  }

  /// A secret-key encryption: e and the rounding of Q·m/t. Source: as `fresh`.
  public var freshSymmetric: NoiseBound {
    bound(sampled(variance: NoiseModel.errorVariance) + encoding)
  }

  // MARK: Plaintexts

  /// Adding a plaintext: the rounding of Q·m/t, at most one half for each coefficient. Source: Kim,
  /// Polyakov, Zucca, "Revisiting homomorphic encryption schemes for finite fields", 2021.
  public func addingPlaintext(_ a: NoiseBound) -> NoiseBound {
    a + bound(encoding)
  }

  /// A product with any plaintext: e·m, and the norm of m is at most N·t/2 whatever its slots are,
  /// because it has N centred coefficients.
  public func multiplyingPlaintext(_ a: NoiseBound) -> NoiseBound {
    a.times(degree * plaintextModulus / 2)
  }

  // MARK: Products

  /// A product of two ciphertexts, scaled by t/Q and rounded, in three parts, with `level` primes.
  ///
  /// With C = c(s) and C′ over the integers, (t/Q)·C·C′ has the noise (t/Q)·(C·e′ + C′·e − e·e′), where
  /// C has parts that are uniform modulo Q: its norm is at most Q·D·√(N/12)·(1 + |s|). The rounding
  /// touches 1, s and s². Source: Fan and Vercauteren 2012, lemma 2; with Q/t in the place of its floor
  /// no further term is left (Kim, Polyakov, Zucca 2021).
  ///
  /// For a `ProductAccumulator` the bounds of all products add up, each times its weight: its noise is
  /// the same sum, with one rounding for each time that it scales, which it does once for one product
  /// or more. The extended basis holds four times `maximumTerms` of them exactly.
  public func product(_ a: NoiseBound, _ b: NoiseBound, level: Int) -> NoiseBound {
    let lift = plaintextModulus * remainders(convertedRemainder, parts: 2)
    let cross = NoiseBound(
      log2: a.log2 + b.log2 + binaryLogarithm(plaintextModulus) - log2Modulus(level: level))
    return (a + b).times(lift) + cross + bound(remainders(convertedRemainder, parts: 3))
  }

  // MARK: Key switching

  /// What a key switch adds at `level`, so what relinearization and each rotation add: the digits times
  /// the key's errors over the special prime, and the rounding of both parts.
  ///
  /// Digit i is uniform modulo q_i. It is not taken to be independent of the key's errors, which the
  /// ciphertext may have met before: the norms of the `level` products add. Rotations whose
  /// decomposition is shared give the same ciphertexts. Source: Gentry, Halevi, Smart 2012 (the special
  /// prime); Halevi, Polyakov, Shoup 2018, section 4.5 (the digits).
  public func keySwitch(level: Int) -> NoiseBound {
    let largest = log2Moduli.prefix(max(level, 0)).max() ?? 0
    let errors = remainder * sampled(variance: NoiseModel.errorVariance) * Double(max(level, 1))
    return NoiseBound(log2: binaryLogarithm(errors) + largest - log2Special)
      + bound(remainders(remainder, parts: 2))
  }

  /// The sums over blocks of slots: log2 of `blockSize` steps, each of which adds the ciphertext's own
  /// image. A step doubles the noise and adds a key switch, so in the end the operand's noise counts
  /// `blockSize` times and the key switches `blockSize` − 1 times. A block of N is the whole sum.
  /// Source: Gentry, Halevi, Smart 2012, appendix A.5: automorphisms keep the norm.
  public func slotSum(_ a: NoiseBound, blockSize: Int, level: Int) -> NoiseBound {
    let size = Double(max(blockSize, 1))
    return a.times(size) + keySwitch(level: level).times(size - 1)
  }

  /// The mean of all slots: the trace of the ciphertext times N^-1 modulo Q.
  ///
  /// The trace of the operand's noise is N times its constant coefficient, and N^-1 takes the N away:
  /// what is left is one coefficient, at most the operand's norm. Key switches are not divided; those
  /// of each step double at every later one. Source: Chen, Dai, Kim, Song, "Efficient homomorphic
  /// conversion between (ring) LWE ciphertexts", 2021, section 3.
  public func slotMean(_ a: NoiseBound, level: Int) -> NoiseBound {
    a + keySwitch(level: level).times(degree - 1)
  }

  // MARK: Levels

  /// Switching from one number of primes to a smaller one.
  ///
  /// Each division by a prime q divides the noise by q and adds r0 + r1·s, and r2·s² where there are
  /// three parts; earlier ones are divided by the later primes, so they add up to less than two.
  /// Source: Brakerski, Gentry, Vaikuntanathan, "(Leveled) fully homomorphic encryption without
  /// bootstrapping", 2012, lemma 1; in the canonical embedding Gentry, Halevi, Smart 2012.
  public func modulusSwitch(
    _ a: NoiseBound, from level: Int, to target: Int, parts: Int = 2
  ) -> NoiseBound {
    guard target < level else { return a }
    let shift = log2Modulus(level: level) - log2Modulus(level: target)
    return NoiseBound(log2: a.log2 - shift)
      + bound(remainders(remainder, parts: parts)).times(2)
  }

  /// Whether a ciphertext with this noise decrypts at `level`: t·e/Q stays below one half.
  public func decrypts(_ a: NoiseBound, level: Int) -> Bool {
    a.log2 + binaryLogarithm(plaintextModulus) + 1 + NoiseModel.slack < log2Modulus(level: level)
  }

  /// The fewest primes to which a ciphertext with this noise can be switched and still decrypts: for one
  /// that travels.
  public func smallestLevel(holding a: NoiseBound, from level: Int) -> Int {
    var target = level
    while target > 1,
      decrypts(modulusSwitch(a, from: level, to: target - 1), level: target - 1)
    { target -= 1 }
    return target
  }
}
