import BFV
import CBigIntegerKernels
import CLatticeKernels
import Paillier

/// The kernels that a process runs on. They are chosen once, when it starts, so each path has a
/// process of its own.
package struct KernelPath: Codable, Hashable, Sendable {
  /// Of the lattice's kernels.
  package let lattice: String
  /// Of the big integers' kernels.
  package let integers: String

  /// The environment variable that forces a path by its name.
  package static let variable = "CRYPTALLY_KERNEL"

  /// This process's path.
  package static var current: KernelPath {
    KernelPath(lattice: BFV.Evaluator.kernelPath, integers: Paillier.Evaluator.kernelPath)
  }

  /// The names that this processor has kernels for, the best first. A name that only one of the two
  /// libraries has leaves the other one at its best, so two names may stand for one path.
  package static var names: [String] {
    let lattice = (0..<clk_path_count()).map { String(cString: clk_path($0).pointee.name) }
    let integers = (0..<cryptally_integer_kernels_count()).map {
      String(cString: cryptally_integer_kernels_name(cryptally_integer_kernels_at($0)))
    }
    // The plain kernels are the last of both.
    return lattice.dropLast() + integers.filter { !lattice.contains($0) } + lattice.suffix(1)
  }
}

extension KernelPath: CustomStringConvertible {
  /// Such as `avx2, adx`.
  package var description: String {
    lattice == integers ? lattice : "\(lattice), \(integers)"
  }
}
