import CLatticeKernels
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One implementation of the kernels. A path that is added to the library is tested by being in its
/// list.
struct KernelPath: Sendable {
  private let index: Int

  var kernels: clk_kernels { clk_path(index).pointee }
  var name: String { String(cString: kernels.name) }

  /// All paths that this processor runs, the best first.
  static let all = (0..<clk_path_count()).map(KernelPath.init(index:))
}

@Suite struct KernelPathTests {
  @Test func pathsEndWithTheScalarOne() {
    let names = KernelPath.all.map(\.name)
    #expect(names.last == "scalar")
    #expect(Set(names).count == names.count)
    print("kernel paths under test: \(names.joined(separator: ", "))")
  }

  @Test func theActivePathIsTheBestUnlessOneIsForced() {
    let active = String(cString: clk_active().pointee.name)
    let names = KernelPath.all.map(\.name)
    let forced = getenv("CRYPTALLY_KERNEL").map { String(cString: $0) }
    #expect(active == (forced.flatMap { names.contains($0) ? $0 : nil } ?? names[0]))
  }

  /// Whoever asks for a path that is not there gets the scalar one.
  @Test func thereIsAPathForEveryIndex() {
    #expect(String(cString: clk_path(clk_path_count()).pointee.name) == "scalar")
    #expect(String(cString: clk_path(1000).pointee.name) == "scalar")
  }
}
