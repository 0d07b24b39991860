import CLatticeKernels

/// What the automorphism X → X^g does to a polynomial in evaluation form: it permutes the values.
package struct GaloisPermutation: Sendable {
  /// Odd, 1 to 2N − 1.
  package let element: Int
  let indices: [UInt32]

  package init(element: Int, degree: Int) {
    precondition(element & 1 == 1 && element > 0 && element < 2 * degree)
    self.element = element
    let levels = degree.trailingZeroBitCount
    // Position i holds the value at ψ^e with e = 2·bitrev(i) + 1; its image is the value at ψ^(g·e).
    indices = (0..<degree).map { position in
      let exponent = (2 * bitReversed(position, width: levels) + 1) * element % (2 * degree)
      return UInt32(bitReversed((exponent - 1) / 2, width: levels))
    }
  }

  /// The values at the positions in `range` of the image of the polynomial's limb `values`.
  func write(
    _ range: Range<Int>, of values: UnsafePointer<UInt64>, to image: UnsafeMutablePointer<UInt64>
  ) {
    indices.withUnsafeBufferPointer { indices in
      guard let base = indices.baseAddress else { return }
      Kernels.active.pointee.permute(image, values, base + range.lowerBound, range.count)
    }
  }
}
