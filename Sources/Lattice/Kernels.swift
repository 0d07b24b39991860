import CLatticeKernels

/// The border to the C kernels. Polynomials hand them their limbs; here are the kernels on plain
/// buffers. Spans carry the bounds up to here, lengths are checked once.
package enum Kernels {
  /// The kernels in use, chosen once for the process; they never change.
  nonisolated(unsafe) static let active: UnsafePointer<clk_kernels> = clk_active()

  /// The name of the kernel path in use.
  package static var pathName: String { String(cString: active.pointee.name) }

  /// A word that may be known although it was calculated from secrets; the check of constant time
  /// takes it so, and nothing else happens.
  package static func published(_ word: UInt64) -> UInt64 { clk_published(word) }

  /// a = a · constant, in place.
  package static func multiplyConstant(
    _ a: inout MutableSpan<UInt64>, _ constant: UInt64, modulus: Modulus
  ) {
    precondition(a.count.isMultiple(of: 8))
    let count = a.count
    a.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      active.pointee.multiply_constant(
        base, base, modulus.constant(constant), count, modulus.value)
    }
  }

  /// Writes values[slots[k]] modulo an odd modulus to position k, 0 where there is no such value.
  /// Returns whether all values lie within ±(modulus − 1)/2. Without a branch on a value.
  package static func placeSlots(
    _ out: inout MutableSpan<UInt64>, _ values: Span<Int64>, slots: Span<UInt32>, modulus: Modulus
  ) -> Bool {
    let count = out.count
    precondition(count.isMultiple(of: 8) && slots.count == count)
    return out.withUnsafeMutableBufferPointer { out in
      values.withUnsafeBufferPointer { values in
        slots.withUnsafeBufferPointer { slots in
          active.pointee.place_slots(
            out.baseAddress, values.baseAddress, values.count, slots.baseAddress, count,
            modulus.value) == 0
        }
      }
    }
  }

  /// Writes the centred representative of a[positions[k]] to position k. Without a branch on a value.
  package static func readSlots(
    _ out: inout MutableSpan<Int64>, _ a: Span<UInt64>, positions: Span<UInt32>, modulus: Modulus
  ) {
    let count = out.count
    precondition(count.isMultiple(of: 8) && positions.count == count && a.count == count)
    out.withUnsafeMutableBufferPointer { out in
      a.withUnsafeBufferPointer { a in
        positions.withUnsafeBufferPointer { positions in
          active.pointee.read_slots(
            out.baseAddress, a.baseAddress, positions.baseAddress, count, modulus.value)
        }
      }
    }
  }

  static func centredBinomial(_ out: inout MutableSpan<Int8>, _ bytes: Span<UInt8>) {
    precondition(bytes.count == 6 * out.count && out.count.isMultiple(of: 8))
    let count = out.count
    out.withUnsafeMutableBufferPointer { out in
      bytes.withUnsafeBufferPointer { bytes in
        active.pointee.centred_binomial(out.baseAddress, bytes.baseAddress, count)
      }
    }
  }

  /// Fills `out` from `written` on with what the bytes give; returns how many values there are then.
  static func ternary(
    _ out: inout MutableSpan<Int8>, from written: Int, _ bytes: Span<UInt8>
  ) -> Int {
    precondition(bytes.count <= out.count - written && written >= 0)
    return out.withUnsafeMutableBufferPointer { out in
      bytes.withUnsafeBufferPointer { bytes in
        guard let base = out.baseAddress else { return written }
        return written
          + active.pointee.ternary(base + written, bytes.baseAddress, bytes.count)
      }
    }
  }
}
