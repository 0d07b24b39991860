import Lattice
import SecureMemory

extension Evaluator {
  /// Packs ciphertexts into one: coefficient i·N/2^l of the result is the constant coefficient of
  /// ciphertext i, where 2^l is the next power of two, and all other coefficients are zero.
  ///
  /// Each is multiplied by N^-1 modulo Q first, so the noise does not grow by N.
  /// Source: Chen, Dai, Kim, Song, "Efficient homomorphic conversion between (ring) LWE
  /// ciphertexts", 2021, algorithm 2.
  /// - Throws: `EvaluationError.emptyInput`, `.tooManyTerms` beyond N ciphertexts,
  ///   `.missingGaloisKey`, `.levelMismatch`, `.parameterMismatch`, `.unexpectedPartCount`.
  public func packConstants(
    _ ciphertexts: consuming [Ciphertext], using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    let degree = context.parameters.degree
    guard !ciphertexts.isEmpty else { throw .emptyInput }
    guard ciphertexts.count <= degree else { throw .tooManyTerms(limit: degree) }
    // In place: thousands of ciphertexts are not to be in memory twice.
    var layer = ciphertexts
    ciphertexts = []
    for index in layer.indices {
      try checkTwoParts(layer[index])
      try checkPair(layer[index], layer[0])
      try divideByDegree(&layer[index])
    }
    let slots = degree / EncryptedTotals.stride(count: layer.count, degree: degree)
    // Position i of a layer with `half` positions merges i and i + half of the layer above it: the
    // low bits of an index are merged last, as the recursion over even and odd indices does.
    var merged = 1
    while merged < slots {
      merged *= 2
      let half = slots / merged
      let shift = RNSPolynomial<Evaluation>.monomial(
        degree / merged, basis: layer[0].parts[0].basis)
      var next: [Ciphertext] = []
      for index in 0..<min(half, layer.count) {
        let odd = index + half < layer.count ? layer[index + half] : nil
        next.append(try merge(layer[index], odd, shift: shift, element: merged + 1, using: keys))
      }
      layer = next
    }
    var packed = layer[0]
    try addTrace(to: &packed, from: slots, using: keys)
    return packed
  }

  /// (even + X^s·odd) + σ(even − X^s·odd).
  private func merge(
    _ even: Ciphertext, _ odd: Ciphertext?, shift: RNSPolynomial<Evaluation>, element: Int,
    using keys: GaloisKeys
  ) throws(EvaluationError) -> Ciphertext {
    var sum = even
    var difference = even
    if var shifted = odd {
      for index in shifted.parts.indices { shifted.parts[index].multiply(shift) }
      try add(shifted, to: &sum)
      try subtract(shifted, from: &difference)
    }
    try add(apply(element, to: difference, using: keys), to: &sum)
    return sum
  }

  /// Makes what an answer carries of a ciphertext whose constant coefficient is a total, or of
  /// `count` packed totals: adds a fresh encryption of zero, floods each coefficient that is sent by
  /// uniform noise of 2^40 times the noise bound and the number of totals, switches to the smallest
  /// modulus that still decrypts, and keeps those coefficients of the first part.
  ///
  /// The statistical distance to an answer that depends on the totals only is at most 2^-40 over all
  /// totals of the answer.
  ///
  /// - Parameters:
  ///   - count: how many totals were packed, 1 for a plain ciphertext.
  ///   - noise: the static bound on the ciphertext's noise.
  ///   - totalsInAnswer: over how many totals the flooding is accounted; fewer than `count` count as
  ///     `count`.
  /// - Throws: `EvaluationError.noiseTooLarge` when the flooded total would not decrypt, and as
  ///   `add`.
  public func extractTotals(
    _ ciphertext: Ciphertext, count: Int = 1, noise: NoiseBound, totalsInAnswer: Int,
    rerandomizingWith encryptor: Encryptor
  ) throws(EvaluationError) -> EncryptedTotals {
    var source = SystemRandomSource()
    return try extractTotals(
      ciphertext, count: count, noise: noise, totalsInAnswer: totalsInAnswer,
      rerandomizingWith: encryptor, insecureForTesting: &source)
  }

  /// The same from a given source of randomness, for vectors and tests: first it gives the encryption
  /// of zero, then the flooding of each coefficient in their order: a number of log2 B + 1 bits, less B.
  /// It takes as many words of eight bytes as hold the bits, each little endian, the least significant
  /// word first; of the last word the lowest bits are dropped.
  package func extractTotals(
    _ ciphertext: Ciphertext, count: Int = 1, noise: NoiseBound, totalsInAnswer: Int,
    rerandomizingWith encryptor: Encryptor, insecureForTesting source: inout some RandomSource
  ) throws(EvaluationError) -> EncryptedTotals {
    try checkTwoParts(ciphertext)
    guard count > 0 else { throw .emptyInput }
    let degree = context.parameters.degree
    guard count <= degree else { throw .tooManyTerms(limit: degree) }
    let totals = max(totalsInAnswer, count)
    let model = context.noiseModel
    let level = ciphertext.level
    var masked = ciphertext
    let zero = encryptor.encryptZero(insecureForTesting: &source)
    try add(switchModulus(zero, to: level), to: &masked)
    let rerandomized =
      noise + model.modulusSwitch(model.fresh, from: context.topLevel, to: level)
    let bits = model.floodingBits(over: rerandomized, totals: totals)
    let flooded = model.flooded(rerandomized, totals: totals)
    guard model.admitsTotal(flooded, level: level) else {
      throw .noiseTooLarge(bits: flooded.log2, level: level)
    }
    var target = level
    while target > 1,
      model.admitsTotal(
        model.modulusSwitch(flooded, from: level, to: target - 1), level: target - 1)
    { target -= 1 }

    var first = masked.parts[0].coefficients()
    var second = masked.parts[1].coefficients()
    let stride = EncryptedTotals.stride(count: count, degree: degree)
    for total in 0..<count {
      first.flood(coefficient: total * stride, bits: bits, using: &source)
    }
    for remaining in (target..<level).reversed() {
      guard let dropping = try context.tools(level: remaining + 1).dropping else { break }
      dropping.divide(&first, pool: pool)
      dropping.divide(&second, pool: pool)
    }
    return EncryptedTotals(
      firstCoefficients: (0..<count).map { total in
        (0..<target).map { first[limb: $0, total * stride] }
      },
      second: second, fingerprint: context.fingerprint)
  }
}

extension RNSPolynomial where Form == Coefficient {
  /// Adds an integer that is uniform in [−2^bits, 2^bits) to one coefficient.
  package mutating func flood(
    coefficient: Int, bits: Int, using source: inout some RandomSource
  ) {
    // bits + 1 random bits, then 2^bits less.
    let words = (bits + 1 + 63) / 64
    var noise = (0..<words).map { _ in source.nextUInt64() }
    let excess = UInt64(words * 64 - bits - 1)
    noise[words - 1] >>= excess
    for (index, modulus) in basis.moduli.enumerated() {
      var value: UInt64 = 0
      for word in noise.reversed() { value = modulus.reduceFixedTime(high: value, low: word) }
      let offset = modulus.power(2 % modulus.value, UInt64(bits))
      // Below 2^63, so nothing overflows; a check whether it does would be a branch on the noise.
      self[limb: index, coefficient] = modulus.reduceFixedTime(
        high: 0, low: self[limb: index, coefficient] &+ value &+ (modulus.value &- offset))
    }
    noise.wipe()
  }
}
