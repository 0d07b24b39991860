import BigInteger

extension Evaluator {
  /// The name of the Montgomery kernels in use, the fastest that this processor runs. The
  /// environment variable `CRYPTALLY_KERNEL` forces one by its name.
  public static var kernelPath: String { IntegerKernels.chosen.name }
}
