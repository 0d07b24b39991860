import Lattice

extension Evaluator {
  /// The name of the lattice kernels in use, the fastest that this processor runs. The environment
  /// variable `CRYPTALLY_KERNEL` forces one by its name.
  public static var kernelPath: String { Kernels.pathName }
}
