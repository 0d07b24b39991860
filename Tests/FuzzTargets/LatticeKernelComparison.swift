import CLatticeKernels

/// Every path of the lattice's kernels against the scalar one.
struct LatticeKernelComparison: KernelComparison {
  static let name = "kernels.lattice"
  static let byteLimit = 2048

  private let primes = TransformPrime.all()
  private var paths: [clk_kernels] { (0..<clk_path_count()).map { clk_path($0).pointee } }

  private typealias Run = @Sendable (clk_kernels, inout FuzzedNumbers) -> [AnyHashable]

  func run(_ input: [UInt8]) throws {
    let paths = paths
    guard let scalar = paths.last, let first = input.first else { return }
    let operations = LatticeKernelComparison.operations
    let index = Int(first) % (operations.count + 1)
    let numbers = FuzzedNumbers(Array(input.dropFirst()))
    func results(_ kernels: clk_kernels) -> [AnyHashable] {
      var numbers = numbers
      return index < operations.count
        ? operations[index](kernels, &numbers) : transforms(kernels, &numbers)
    }
    let expected = results(scalar)
    for kernels in paths.dropLast() where results(kernels) != expected {
      throw KernelDifference(
        description: "operation \(index): \(String(cString: kernels.name)) and scalar differ")
    }
  }

  /// Both transforms of one prime.
  private func transforms(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let prime = primes[numbers.number(below: primes.count)]
    let (n, q) = (prime.degree, prime.modulus.q)
    var modulus = prime.modulus.kernelModulus
    let words = kernels.transform_words(n)
    let table = FuzzedBuffer([UInt64](repeating: 0, count: words), isAligned: true)
    kernels.transform_prepare(table.pointer, n, &modulus, prime.root)
    let isAligned = numbers.byte() & 1 == 0
    let from = FuzzedModulus(&numbers).q
    let scale = prime.modulus.constant(numbers.residue(below: q))
    let a = FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    let foreign = FuzzedBuffer(numbers.residues(n, below: from), isAligned: isAligned)
    let out = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    var transform = clk_transform(modulus: modulus, n: n, table: table.pointer, ahead: nil)
    kernels.ntt_forward(out.pointer, a.pointer, &transform)
    var results: [AnyHashable] = [out.elements]
    kernels.ntt_inverse(out.pointer, a.pointer, scale, &transform)
    results.append(out.elements)
    kernels.ntt_forward_centred(out.pointer, foreign.pointer, from, &transform)
    results.append(out.elements)
    kernels.ntt_forward(a.pointer, a.pointer, &transform)
    results.append(a.elements)
    kernels.ntt_inverse(a.pointer, a.pointer, scale, &transform)
    return results + [a.elements]
  }

  private static let operations: [Run] = [
    pointwise, constants, sums, tensors, folds, conversions, moves, fields, samples, slots,
  ]

  /// A multiple of 8.
  private static func length(_ numbers: inout FuzzedNumbers) -> Int {
    8 * (numbers.number(below: 12) + 1)
  }

  private static func pointwise(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let chosen = FuzzedModulus(&numbers)
    var modulus = chosen.kernelModulus
    let (n, q, isAligned) = (length(&numbers), chosen.q, numbers.byte() & 1 == 0)
    let a = FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    let b = FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    let out = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    kernels.add(out.pointer, a.pointer, b.pointer, n, q)
    var results: [AnyHashable] = [out.elements]
    kernels.subtract(out.pointer, a.pointer, b.pointer, n, q)
    results.append(out.elements)
    kernels.negate(out.pointer, a.pointer, n, q)
    results.append(out.elements)
    kernels.multiply(out.pointer, a.pointer, b.pointer, n, &modulus)
    results.append(out.elements)
    kernels.multiply(a.pointer, a.pointer, b.pointer, n, &modulus)
    return results + [a.elements]
  }

  private static func constants(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let chosen = FuzzedModulus(&numbers)
    var modulus = chosen.kernelModulus
    let (n, q, isAligned) = (length(&numbers), chosen.q, numbers.byte() & 1 == 0)
    let from = FuzzedModulus(&numbers).q
    let constant = chosen.constant(numbers.residue(below: q))
    let a = FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    let b = FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    let foreign = FuzzedBuffer(numbers.residues(n, below: from), isAligned: isAligned)
    let out = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    kernels.multiply_constant(out.pointer, a.pointer, constant, n, q)
    var results: [AnyHashable] = [out.elements]
    kernels.subtract_multiply_constant(out.pointer, a.pointer, b.pointer, constant, n, q)
    results.append(out.elements)
    kernels.reduce_centred(out.pointer, foreign.pointer, n, from, &modulus)
    return results + [out.elements]
  }

  private static func sums(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let chosen = FuzzedModulus(&numbers)
    var modulus = chosen.kernelModulus
    let (n, q, isAligned) = (length(&numbers), chosen.q, numbers.byte() & 1 == 0)
    let count = numbers.number(below: 40)
    func rows() -> [FuzzedBuffer<UInt64>] {
      (0..<count).map { _ in
        FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
      }
    }
    let (first, second) = (rows(), rows())
    let a: [UnsafePointer<UInt64>?] = first.map { UnsafePointer($0.pointer) }
    let b: [UnsafePointer<UInt64>?] = second.map { UnsafePointer($0.pointer) }
    let out = FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    return withExtendedLifetime((first, second)) {
      kernels.sum(out.pointer, out.pointer, a, count, n, &modulus)
      var results: [AnyHashable] = [out.elements]
      kernels.inner_product(out.pointer, out.pointer, a, b, count, n, &modulus)
      results.append(out.elements)
      kernels.sum(out.pointer, nil, b, count, n, &modulus)
      results.append(out.elements)
      kernels.inner_product(out.pointer, nil, a, b, count, n, &modulus)
      return results + [out.elements]
    }
  }

  private static func tensors(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let chosen = FuzzedModulus(&numbers)
    var modulus = chosen.kernelModulus
    let (n, q, isAligned) = (length(&numbers), chosen.q, numbers.byte() & 1 == 0)
    let pairs = numbers.number(below: 10)
    let rows = (0..<4 * pairs).map { _ in
      FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    }
    let sums = (0..<6).map { _ in
      FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    }
    let factors: [UnsafePointer<UInt64>?] = rows.map { UnsafePointer($0.pointer) }
    let targets: [UnsafeMutablePointer<UInt64>?] = sums.map(\.pointer)
    return withExtendedLifetime((rows, sums)) {
      kernels.tensor_add(targets, factors, pairs, n, &modulus)
      // The words may stand for their sum in different ways; folded they are the same.
      return (0..<3).map { part in
        let out = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
        kernels.fold(
          out.pointer, sums[2 * part].pointer, sums[2 * part + 1].pointer, n, &modulus)
        return out.elements
      }
    }
  }

  private static func folds(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    var modulus = FuzzedModulus(&numbers).kernelModulus
    let (n, isAligned) = (length(&numbers), numbers.byte() & 1 == 0)
    let low = FuzzedBuffer(numbers.residues(n, below: .max), isAligned: isAligned)
    let high = FuzzedBuffer(numbers.residues(n, below: .max), isAligned: isAligned)
    let out = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    kernels.fold(out.pointer, low.pointer, high.pointer, n, &modulus)
    return [out.elements]
  }

  private static func conversions(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let (n, isAligned) = (length(&numbers), numbers.byte() & 1 == 0)
    let limbs = numbers.number(below: 20) + 1
    let sources = (0..<limbs).map { _ in FuzzedModulus(&numbers, least: 1 << 14).odd }
    let targets = (0..<numbers.number(below: 5) + 1).map { _ in FuzzedModulus(&numbers) }
    let weights = targets.flatMap { numbers.residues(limbs, below: $0.q) }
    let products = targets.map { numbers.residue(below: $0.q) }
    let digits = sources.map {
      FuzzedBuffer(numbers.residues(n, below: $0.q), isAligned: isAligned)
    }
    let out = targets.map {
      FuzzedBuffer(numbers.residues(n, below: $0.q), isAligned: isAligned)
    }
    let hasAddends = numbers.byte() & 1 == 0
    let digitRows: [UnsafePointer<UInt64>?] = digits.map { UnsafePointer($0.pointer) }
    let outRows: [UnsafeMutablePointer<UInt64>?] = out.map(\.pointer)
    let addends: [UnsafePointer<UInt64>?] = out.map { UnsafePointer($0.pointer) }
    let (sourceModuli, targetModuli) = (
      sources.map(\.kernelModulus), targets.map(\.kernelModulus)
    )
    sourceModuli.withUnsafeBufferPointer { sourceModuli in
      targetModuli.withUnsafeBufferPointer { targetModuli in
        weights.withUnsafeBufferPointer { weights in
          products.withUnsafeBufferPointer { products in
            var conversion = clk_conversion(
              limbs: limbs, sources: sourceModuli.baseAddress, targets: targetModuli.count,
              moduli: targetModuli.baseAddress, weights: weights.baseAddress,
              products: products.baseAddress)
            if hasAddends {
              kernels.convert(outRows, addends, digitRows, &conversion, n)
            } else {
              kernels.convert(outRows, nil, digitRows, &conversion, n)
            }
          }
        }
      }
    }
    return withExtendedLifetime(digits) { out.map(\.elements) }
  }

  /// A permutation of aligned blocks of 8, each block turned by the bits of a number.
  private static func moves(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let (n, isAligned) = (length(&numbers), numbers.byte() & 1 == 0)
    let shift = numbers.number(below: n / 8)
    let permutation = (0..<n).map { k in
      UInt32((k / 8 + shift) % (n / 8) * 8 + k % 8 ^ shift % 8)
    }
    let places = FuzzedBuffer(permutation, isAligned: isAligned)
    let a = FuzzedBuffer((0..<n).map { _ in numbers.word() }, isAligned: isAligned)
    let out = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    kernels.permute(out.pointer, a.pointer, places.pointer, n)
    return [out.elements]
  }

  private static func fields(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let (n, isAligned) = (length(&numbers), numbers.byte() & 1 == 0)
    let bits = numbers.number(below: 61) + 1
    let byteCount = n * bits / 8
    let packed = FuzzedBuffer(numbers.bytes(byteCount), isAligned: isAligned)
    let fields = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    let largest = kernels.unpack(fields.pointer, packed.pointer, n, UInt32(bits))
    let again = FuzzedBuffer([UInt8](repeating: 0, count: byteCount), isAligned: isAligned)
    kernels.pack(again.pointer, fields.pointer, n, UInt32(bits))
    return [largest, fields.elements, again.elements, again.elements == packed.elements]
  }

  private static func samples(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let chosen = FuzzedModulus(&numbers, least: 129)
    let (n, isAligned) = (length(&numbers), numbers.byte() & 1 == 0)
    let count = numbers.number(below: 200)
    let bytes = FuzzedBuffer(numbers.bytes(6 * n), isAligned: isAligned)
    let small = FuzzedBuffer([Int8](repeating: 0, count: n), isAligned: isAligned)
    kernels.centred_binomial(small.pointer, bytes.pointer, n)
    var results: [AnyHashable] = [small.elements]
    let lifted = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    kernels.lift_signed(lifted.pointer, small.pointer, n, chosen.q)
    results.append(lifted.elements)
    let source = FuzzedBuffer(numbers.bytes(count), isAligned: isAligned)
    let ternary = FuzzedBuffer([Int8](repeating: 0, count: count), isAligned: isAligned)
    let written = kernels.ternary(ternary.pointer, source.pointer, count)
    results += [written, Array(ternary.elements.prefix(written))]
    let words = FuzzedBuffer((0..<count).map { _ in numbers.word() }, isAligned: isAligned)
    let uniform = FuzzedBuffer([UInt64](repeating: 0, count: count), isAligned: isAligned)
    let drawn = kernels.uniform(uniform.pointer, words.pointer, count, chosen.q)
    return results + [drawn, Array(uniform.elements.prefix(drawn))]
  }

  private static func slots(
    _ kernels: clk_kernels, _ numbers: inout FuzzedNumbers
  ) -> [AnyHashable] {
    let q = FuzzedModulus(&numbers, least: 3).odd.q
    let (n, isAligned) = (length(&numbers), numbers.byte() & 1 == 0)
    let count = numbers.number(below: n + 1)
    let isValid = numbers.byte() & 1 == 0
    let values = FuzzedBuffer(
      (0..<count).map { _ -> Int64 in
        let word = Int64(bitPattern: numbers.word())
        return isValid ? word % Int64((q + 1) / 2) : word
      }, isAligned: isAligned)
    let slots = FuzzedBuffer(
      (0..<n).map { _ in UInt32(numbers.number(below: n)) }, isAligned: isAligned)
    let out = FuzzedBuffer([UInt64](repeating: 0, count: n), isAligned: isAligned)
    let isRefused = kernels.place_slots(out.pointer, values.pointer, count, slots.pointer, n, q)
    // What stands there after a refusal has no meaning.
    var results: [AnyHashable] = [isRefused != 0, isRefused == 0 ? out.elements : []]
    let a = FuzzedBuffer(numbers.residues(n, below: q), isAligned: isAligned)
    let read = FuzzedBuffer([Int64](repeating: 0, count: n), isAligned: isAligned)
    kernels.read_slots(read.pointer, a.pointer, slots.pointer, n, q)
    results.append(read.elements)
    return results
  }
}
