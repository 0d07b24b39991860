extension NoiseModel {
  /// Packing totals by the trace (`packConstants`), every one of which has the noise `a` at most. A
  /// bound on the coefficients that hold totals, which are those that are sent; not on the norm of all
  /// of them together.
  ///
  /// The operands are multiplied by N^-1 modulo Q, and the automorphisms that follow multiply by N what
  /// they leave of them, a coefficient each: at most `a`. A key switch of step j is multiplied by the
  /// N / 2^j automorphisms that follow it; it reaches the coefficients of its own ciphertext's totals
  /// alone, so that each coefficient meets one of every step: N/2 + N/4 + … + 1 = N − 1 in all.
  /// Source: Chen, Dai, Kim, Song 2021, section 3 and algorithm 2.
  public func packing(_ a: NoiseBound, level: Int) -> NoiseBound {
    slotMean(a, level: level)
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
        - Double(NoiseModel.marginBits) - NoiseModel.slack)
  }

  /// The flooding of an answer: log2 of the bound B of the uniform noise that is added to each
  /// coefficient that is sent, 2^40 times the noise and the number of totals, rounded up.
  ///
  /// A total m leaves as round(Q·m/t) + e + f, e what evaluation left and f uniform in [−B, B). An
  /// integer |e| ≤ E shifts 2B equally likely values by e, so it can be told from no noise at all with
  /// advantage |e|/(2B), and two noises from each other with 2·E/(2B) ≤ 2^-40 / totals. Over all totals
  /// of the answer, one after the other, that is at most 2^-40. Reading e off the rounded Q·m/t adds one
  /// half to E, far less than the factor of two between the first figure and the second. What follows,
  /// modulus switching, sees nothing else. Source: Asharov, Jain, López-Alt, Tromer, Vaikuntanathan,
  /// Wichs, "Multiparty computation with low communication, computation and interaction via threshold
  /// FHE", 2012, the smudging lemma.
  package func floodingBits(over a: NoiseBound, totals: Int) -> Int {
    let bits = a.log2 + 40 + binaryLogarithm(Double(max(totals, 1)))
    // Beyond all moduli, so that no conversion fails; such a total is not admitted.
    return Int(min(max(bits.rounded(.up), 0), 4096))
  }

  /// The noise of a flooded coefficient.
  package func flooded(_ a: NoiseBound, totals: Int) -> NoiseBound {
    a + NoiseBound(log2: Double(floodingBits(over: a, totals: totals)))
  }
}
