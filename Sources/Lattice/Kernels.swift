import CLatticeKernels

/// The border to the C kernels: each function walks the limbs of a basis.
///
/// Spans carry the bounds up to here; lengths are checked once and the kernels get plain pointers.
package enum Kernels {
  private static var active: clk_kernels { clk_active().pointee }

  /// The name of the kernel path in use.
  package static var pathName: String { String(cString: active.name) }

  private static func check(_ count: Int, _ basis: RNSBasis) {
    precondition(count == basis.count * basis.degree, "a polynomial and its basis differ in size")
  }

  static func forwardNTT(_ a: inout MutableSpan<UInt64>, _ basis: RNSBasis) {
    check(a.count, basis)
    a.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (index, plan) in basis.plans.enumerated() {
        active.ntt_forward(
          base + index * basis.degree, basis.degree, plan.modulus.value, plan.roots)
      }
    }
  }

  static func inverseNTT(_ a: inout MutableSpan<UInt64>, _ basis: RNSBasis) {
    check(a.count, basis)
    a.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for (index, plan) in basis.plans.enumerated() {
        active.ntt_inverse(
          base + index * basis.degree, basis.degree, plan.modulus.value, plan.inverseRoots,
          plan.inverseDegree)
      }
    }
  }

  /// One limb alone.
  package static func forwardNTT(_ a: inout MutableSpan<UInt64>, _ plan: NTTPlan) {
    precondition(a.count == plan.degree)
    a.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      active.ntt_forward(base, plan.degree, plan.modulus.value, plan.roots)
    }
  }

  /// One limb alone.
  package static func inverseNTT(_ a: inout MutableSpan<UInt64>, _ plan: NTTPlan) {
    precondition(a.count == plan.degree)
    a.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      active.ntt_inverse(
        base, plan.degree, plan.modulus.value, plan.inverseRoots, plan.inverseDegree)
    }
  }

  static func add(_ a: inout MutableSpan<UInt64>, _ b: Span<UInt64>, _ basis: RNSBasis) {
    inPlace(&a, b, basis) { active.add($0, $0, $1, basis.degree, $2.value) }
  }

  static func subtract(_ a: inout MutableSpan<UInt64>, _ b: Span<UInt64>, _ basis: RNSBasis) {
    inPlace(&a, b, basis) { active.subtract($0, $0, $1, basis.degree, $2.value) }
  }

  static func multiply(_ a: inout MutableSpan<UInt64>, _ b: Span<UInt64>, _ basis: RNSBasis) {
    inPlace(&a, b, basis) { a, b, modulus in
      withUnsafePointer(to: modulus.kernelModulus) { active.multiply(a, a, b, basis.degree, $0) }
    }
  }

  static func negate(_ a: inout MutableSpan<UInt64>, _ basis: RNSBasis) {
    inPlace(&a, basis) { active.negate($0, $0, basis.degree, $1.value) }
  }

  static func multiplyConstants(
    _ a: inout MutableSpan<UInt64>, _ constants: [UInt64], _ basis: RNSBasis
  ) {
    var index = 0
    inPlace(&a, basis) { limb, modulus in
      active.multiply_constant(
        limb, limb, modulus.constant(constants[index]), basis.degree, modulus.value)
      index += 1
    }
  }

  static func multiplyAdd(
    _ sum: inout MutableSpan<UInt64>, _ a: Span<UInt64>, _ b: Span<UInt64>, _ basis: RNSBasis
  ) {
    check(b.count, basis)
    b.withUnsafeBufferPointer { b in
      guard let base = b.baseAddress else { return }
      var offset = 0
      inPlace(&sum, a, basis) { limb, a, modulus in
        withUnsafePointer(to: modulus.kernelModulus) {
          active.multiply_add(limb, limb, a, base + offset, basis.degree, $0)
        }
        offset += basis.degree
      }
    }
  }

  /// a = (a − b) · constant, limb by limb.
  static func subtractMultiplyConstants(
    _ a: inout MutableSpan<UInt64>, _ b: Span<UInt64>, _ constants: [UInt64], _ basis: RNSBasis
  ) {
    var index = 0
    inPlace(&a, b, basis) { a, b, modulus in
      active.subtract_multiply_constant(
        a, a, b, modulus.constant(constants[index]), basis.degree, modulus.value)
      index += 1
    }
  }

  /// One limb modulo `from`, centred, onto every prime of `basis`.
  static func reduceCentred(
    _ out: inout MutableSpan<UInt64>, _ a: Span<UInt64>, from: Modulus, onto basis: RNSBasis
  ) {
    precondition(a.count == basis.degree)
    a.withUnsafeBufferPointer { a in
      guard let source = a.baseAddress else { return }
      inPlace(&out, basis) { limb, modulus in
        withUnsafePointer(to: modulus.kernelModulus) {
          active.reduce_centred(limb, source, basis.degree, from.value, $0)
        }
      }
    }
  }

  /// One limb alone, times a constant.
  package static func multiplyConstant(
    _ a: inout MutableSpan<UInt64>, _ constant: UInt64, modulus: Modulus
  ) {
    let count = a.count
    a.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      active.multiply_constant(base, base, modulus.constant(constant), count, modulus.value)
    }
  }

  static func permute(
    _ out: inout MutableSpan<UInt64>, _ a: Span<UInt64>, _ permutation: GaloisPermutation,
    _ basis: RNSBasis
  ) {
    precondition(permutation.indices.count == basis.degree)
    permutation.indices.withUnsafeBufferPointer { indices in
      inPlace(&out, a, basis) { out, a, _ in
        active.permute(out, a, indices.baseAddress, basis.degree)
      }
    }
  }

  static func liftSigned(_ out: inout MutableSpan<UInt64>, _ a: Span<Int8>, _ basis: RNSBasis) {
    precondition(a.count == basis.degree)
    a.withUnsafeBufferPointer { a in
      guard let source = a.baseAddress else { return }
      inPlace(&out, basis) { limb, modulus in
        active.lift_signed(limb, source, basis.degree, modulus.value)
      }
    }
  }

  static func centredBinomial(_ out: inout MutableSpan<Int8>, _ bytes: Span<UInt8>) {
    precondition(bytes.count == 6 * out.count)
    let count = out.count
    out.withUnsafeMutableBufferPointer { out in
      bytes.withUnsafeBufferPointer { bytes in
        active.centred_binomial(out.baseAddress, bytes.baseAddress, count)
      }
    }
  }

  static func convert(
    _ digits: Span<UInt64>, into out: inout MutableSpan<UInt64>, _ converter: BaseConverter
  ) {
    let source = converter.source
    let degree = source.degree
    check(digits.count, source)
    var overflow = [UInt64](repeating: 0, count: degree)
    digits.withUnsafeBufferPointer { digits in
      overflow.withUnsafeMutableBufferPointer { overflow in
        source.kernelModuli.withUnsafeBufferPointer { moduli in
          active.overflow(
            overflow.baseAddress, digits.baseAddress, source.count, degree, moduli.baseAddress,
            degree)
        }
        var index = 0
        out.withUnsafeMutableBufferPointer { out in
          guard let base = out.baseAddress else { return }
          for modulus in converter.target {
            withUnsafePointer(to: modulus.kernelModulus) { kernelModulus in
              active.convert_limb(
                base + index * degree, digits.baseAddress, source.count, degree,
                converter.weights[index], overflow.baseAddress, converter.products[index], degree,
                kernelModulus)
            }
            index += 1
          }
        }
      }
    }
  }

  static func pack(_ a: Span<UInt64>, bits: Int, into out: inout MutableSpan<UInt8>) {
    precondition(a.count.isMultiple(of: 8) && out.count == a.count / 8 * bits)
    a.withUnsafeBufferPointer { a in
      out.withUnsafeMutableBufferPointer { out in
        active.pack(out.baseAddress, a.baseAddress, a.count, UInt32(bits))
      }
    }
  }

  /// Returns the largest unpacked value.
  static func unpack(_ bytes: Span<UInt8>, bits: Int, into out: inout MutableSpan<UInt64>) -> UInt64
  {
    let count = out.count
    precondition(count.isMultiple(of: 8) && bytes.count == count / 8 * bits)
    return out.withUnsafeMutableBufferPointer { out in
      bytes.withUnsafeBufferPointer { bytes in
        active.unpack(out.baseAddress, bytes.baseAddress, count, UInt32(bits))
        return active.maximum(out.baseAddress, count)
      }
    }
  }

  private static func inPlace(
    _ a: inout MutableSpan<UInt64>, _ basis: RNSBasis,
    _ body: (UnsafeMutablePointer<UInt64>, Modulus) -> Void
  ) {
    check(a.count, basis)
    a.withUnsafeMutableBufferPointer { a in
      guard let base = a.baseAddress else { return }
      for (index, modulus) in basis.moduli.enumerated() {
        body(base + index * basis.degree, modulus)
      }
    }
  }

  private static func inPlace(
    _ a: inout MutableSpan<UInt64>, _ b: Span<UInt64>, _ basis: RNSBasis,
    _ body: (UnsafeMutablePointer<UInt64>, UnsafePointer<UInt64>, Modulus) -> Void
  ) {
    check(b.count, basis)
    b.withUnsafeBufferPointer { b in
      guard let source = b.baseAddress else { return }
      var offset = 0
      inPlace(&a, basis) { limb, modulus in
        body(limb, source + offset, modulus)
        offset += basis.degree
      }
    }
  }
}
