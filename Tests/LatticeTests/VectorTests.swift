import CLatticeKernels
import Lattice
import Testing
import _TestSupport

/// Against what the independent generator calculated.
@Suite struct LatticeVectorTests {
  @Test(arguments: 0..<clk_path_count())
  func reduction(path: Int) throws {
    let kernels = clk_path(path).pointee
    let vectors = try VectorFiles.read([VectorFiles.Reduction].self, "reduction")
    #expect(vectors.count > 10)
    for vector in vectors {
      let modulus = try Modulus(word(hexadecimal: vector.q))
      let q = modulus.value
      var barrett = modulus.kernelModulus
      let ratio = UInt128(barrett.ratio_high) << 64 | UInt128(barrett.ratio_low)
      #expect(ratio == UInt128(vector.ratio, radix: 16))
      let constant = modulus.constant(try word(hexadecimal: vector.constant))
      #expect(try constant.quotient == word(hexadecimal: vector.constantQuotient))

      let a = try padded(words(hexadecimal: vector.a))
      let b = try padded(words(hexadecimal: vector.b))
      let c = try padded(words(hexadecimal: vector.c))
      let count = a.count
      func expect(
        _ expected: [String], _ kernel: (UnsafeMutablePointer<UInt64>) -> Void,
        _ location: SourceLocation = #_sourceLocation
      ) throws {
        let expected = try words(hexadecimal: expected)
        let room = padded(expected).count
        let result = [UInt64](unsafeUninitializedCapacity: room) { buffer, filled in
          if let base = buffer.baseAddress { kernel(base) }
          filled = room
        }
        #expect(
          Array(result.prefix(expected.count)) == expected, "modulo \(q)",
          sourceLocation: location)
      }
      try expect(vector.sum) { kernels.add($0, a, b, count, q) }
      try expect(vector.difference) { kernels.subtract($0, a, b, count, q) }
      try expect(vector.negation) { kernels.negate($0, a, count, q) }
      try expect(vector.product) { kernels.multiply($0, a, b, count, &barrett) }
      try expect(vector.productAdded) { out in
        a.withUnsafeBufferPointer { a in
          b.withUnsafeBufferPointer { b in
            kernels.inner_product(
              out, c, [a.baseAddress], [b.baseAddress], 1, count, &barrett)
          }
        }
      }
      try expect(vector.constantProduct) {
        kernels.multiply_constant($0, a, constant, count, q)
      }
      try expect(vector.differenceProduct) {
        kernels.subtract_multiply_constant($0, a, b, constant, count, q)
      }
      let foreign = try padded(words(hexadecimal: vector.foreign))
      let foreignModulus = try word(hexadecimal: vector.foreignModulus)
      try expect(vector.foreignCentred) {
        kernels.reduce_centred($0, foreign, foreign.count, foreignModulus, &barrett)
      }
    }
  }

  /// Zeros up to the next multiple of the eight residues that kernels take at a time.
  private func padded(_ words: [UInt64]) -> [UInt64] {
    words + [UInt64](repeating: 0, count: (8 - words.count % 8) % 8)
  }

  @Test func transforms() throws {
    let vectors = try VectorFiles.read([VectorFiles.Transform].self, "transforms")
    #expect(vectors.count == 12)
    for vector in vectors {
      let basis = try VectorFiles.basis(degree: vector.degree, [vector.q])
      let q = basis.moduli[0].value
      #expect(
        try NTTPrimes.largest(count: 1, bits: vector.bits, degree: vector.degree) == [q])
      #expect(try basis.plans[0].root == word(hexadecimal: vector.root))
      for pair in vector.transforms {
        let coefficients = try words(hexadecimal: pair.coefficients)
        let evaluations = RNSPolynomial<Coefficient>(
          basis: basis, reducedResidues: coefficients
        ).evaluation()
        #expect(
          try evaluations.residues == words(hexadecimal: pair.evaluations),
          "degree \(vector.degree), \(vector.bits) bits")
        #expect(evaluations.coefficients().residues == coefficients)
      }
    }
  }

  @Test func baseConversion() throws {
    let vectors = try VectorFiles.read([VectorFiles.Conversion].self, "conversion")
    #expect(vectors.count == 5)
    for vector in vectors {
      let source = try VectorFiles.basis(degree: vector.degree, vector.source)
      let target = try words(hexadecimal: vector.target).map { try Modulus($0) }
      let polynomial = RNSPolynomial<Coefficient>(
        basis: source, reducedResidues: try VectorFiles.residues(vector.residues))
      let converted = converted(
        polynomial, to: target, factor: try word(hexadecimal: vector.factor))
      #expect(try converted == VectorFiles.residues(vector.converted), "\(vector.name)")
    }
  }

  @Test func divisionByTheLastPrime() throws {
    let vectors = try VectorFiles.read([VectorFiles.Division].self, "division")
    #expect(vectors.count == 4)
    for vector in vectors {
      let basis = try VectorFiles.basis(degree: vector.degree, vector.moduli)
      let prefix = try basis.prefix(basis.count - 1)
      let polynomial = RNSPolynomial<Coefficient>(
        basis: basis, reducedResidues: try VectorFiles.residues(vector.residues))
      let expected = try VectorFiles.residues(vector.quotients)
      #expect(polynomial.dividedByLastPrime(onto: prefix).residues == expected, "\(vector.name)")
      #expect(
        polynomial.evaluation().dividedByLastPrime(onto: prefix).coefficients().residues
          == expected, "\(vector.name), in evaluation form")
    }
  }

  @Test func centredBinomialSampling() throws {
    for vector in try VectorFiles.read(VectorFiles.Sampling.self, "sampling").centredBinomial {
      var source = ReplayedSource(bytes(hexadecimal: vector.bytes))
      let coefficients = Samplers.centredBinomial(
        degree: vector.coefficients.count, using: &source)
      #expect(coefficients == vector.coefficients)
      #expect(source.used == 6 * vector.coefficients.count)
    }
  }

  @Test func ternarySampling() throws {
    for vector in try VectorFiles.read(VectorFiles.Sampling.self, "sampling").ternary {
      let replayed = bytes(hexadecimal: vector.bytes)
      var source = ReplayedSource(replayed)
      #expect(Samplers.ternary(degree: vector.degree, using: &source) == vector.coefficients)
      #expect(source.used == replayed.count)
    }
  }

  @Test func uniformSampling() throws {
    for vector in try VectorFiles.read(VectorFiles.Sampling.self, "sampling").uniform {
      let basis = try VectorFiles.basis(degree: vector.degree, vector.moduli)
      let replayed = bytes(hexadecimal: vector.bytes)
      var source = ReplayedSource(replayed)
      let polynomial = Samplers.uniform(basis: basis, form: Evaluation.self, using: &source)
      #expect(try polynomial.residues == VectorFiles.residues(vector.residues))
      #expect(source.used == replayed.count)
    }
  }
}
