import CLatticeKernels
import Testing

/// A path's transform with its table.
struct PreparedTransform {
  let path: KernelPath
  let modulus: KernelModulus
  let degree: Int
  private let table: Operand<UInt64>

  init(_ path: KernelPath, _ modulus: KernelModulus, degree: Int, root: UInt64) {
    self.path = path
    self.modulus = modulus
    self.degree = degree
    table = Operand(count: path.kernels.transform_words(degree))
    var kernelModulus = modulus.kernelModulus
    path.kernels.transform_prepare(table.pointer, degree, &kernelModulus, root)
  }

  /// The table's content, and that it is whole.
  func expectTable(_ what: @autoclosure () -> String) {
    table.expect(table.elements, what())
  }

  private var transform: clk_transform {
    clk_transform(modulus: modulus.kernelModulus, n: degree, table: table.pointer, ahead: nil)
  }

  func forward(_ out: Operand<UInt64>, _ a: Operand<UInt64>) {
    var transform = transform
    path.kernels.ntt_forward(out.pointer, a.pointer, &transform)
  }

  func forward(_ out: Operand<UInt64>, centred a: Operand<UInt64>, from: UInt64) {
    var transform = transform
    path.kernels.ntt_forward_centred(out.pointer, a.pointer, from, &transform)
  }

  func inverse(_ out: Operand<UInt64>, _ a: Operand<UInt64>, scale: UInt64) {
    var transform = transform
    path.kernels.ntt_inverse(out.pointer, a.pointer, modulus.constant(scale), &transform)
  }
}
