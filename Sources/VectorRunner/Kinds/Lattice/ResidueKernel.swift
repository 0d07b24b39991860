import CLatticeKernels

/// The kernels in use on plain lists of residues.
enum ResidueKernel {
  static var active: clk_kernels { clk_active().pointee }

  /// Runs a kernel that writes as many residues as `count` says, a multiple of eight.
  ///
  /// - Throws: ``MalformedVector`` for another count.
  static func output(
    count: Int, _ kernel: (UnsafeMutablePointer<UInt64>) -> Void
  ) throws(MalformedVector) -> [UInt64] {
    guard count > 0, count.isMultiple(of: 8) else {
      throw MalformedVector("a", "the count of residues is not a multiple of 8")
    }
    return [UInt64](unsafeUninitializedCapacity: count) { buffer, written in
      if let base = buffer.baseAddress { kernel(base) }
      written = count
    }
  }
}
