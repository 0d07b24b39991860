internal import CBigIntegerKernels

/// A set of C kernels for Montgomery arithmetic. All sets give the same results.
package struct IntegerKernels: @unchecked Sendable {
  /// Points to constant data of the C module.
  let pointer: OpaquePointer

  /// The set in use: the fastest that the processor can run, or the one that the environment
  /// variable `CRYPTALLY_KERNEL` names.
  package static var chosen: IntegerKernels {
    IntegerKernels(pointer: cryptally_integer_kernels_chosen())
  }

  /// Every set that this processor can run, fastest first.
  package static var supported: [IntegerKernels] {
    (0..<cryptally_integer_kernels_count()).compactMap { index in
      cryptally_integer_kernels_at(index).map(IntegerKernels.init(pointer:))
    }
  }

  /// Whether the set works on eight numbers at a time as well, for ``LaneModulus``.
  package var hasLanes: Bool { cryptally_integer_kernels_has_lanes(pointer) != 0 }

  /// As `CRYPTALLY_KERNEL` spells it.
  package var name: String { String(cString: cryptally_integer_kernels_name(pointer)) }
}
