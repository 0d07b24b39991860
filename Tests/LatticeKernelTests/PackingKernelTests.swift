import CLatticeKernels
import Testing
import _TestSupport

/// Packing for every width of a field, against bits set one by one. The packed bytes end at the page
/// that may not be touched, so neither direction goes past them.
@Suite struct PackingKernelTests {
  private static let lengths = [8, 16, 24, 64, 136, 1024]

  @Test(arguments: 1...61)
  func fieldsOfEveryWidth(bits: Int) {
    var generator = SeededGenerator(seed: UInt64(bits))
    let limit = UInt64(1) << UInt64(bits)
    for n in Self.lengths {
      for (index, pattern) in ResiduePattern.allCases.enumerated() {
        let alignment = OperandAlignment.allCases[index % 2]
        let fields = pattern.residues(n, below: limit, using: &generator)
        let bytes = KernelReference.packed(fields, bits: bits)
        let input = Operand(fields, alignment)
        let packed = Operand<UInt8>(count: bytes.count, alignment)
        let unpacked = Operand<UInt64>(count: n, alignment)
        for path in KernelPath.all {
          let name = "\(path.name), \(n) fields of \(bits) bits, \(pattern)"
          packed.forget()
          path.kernels.pack(packed.pointer, input.pointer, n, UInt32(bits))
          packed.expect(bytes, "\(name): pack")
          packed.fill(bytes)
          unpacked.forget()
          let largest = path.kernels.unpack(
            unpacked.pointer, packed.pointer, n, UInt32(bits))
          unpacked.expect(fields, "\(name): unpack")
          #expect(largest == fields.max(), "\(name): largest")
        }
      }
    }
  }

  /// The largest field is found wherever it stands.
  @Test(arguments: [1, 7, 8, 31, 45, 57, 58, 61])
  func theLargestFieldIsFoundAnywhere(bits: Int) {
    let n = 64
    let largest = (UInt64(1) << UInt64(bits)) - 1
    for position in 0..<n {
      var fields = [UInt64](repeating: largest / 2, count: n)
      fields[position] = largest
      let packed = Operand(KernelReference.packed(fields, bits: bits))
      let unpacked = Operand<UInt64>(count: n)
      for path in KernelPath.all {
        #expect(
          path.kernels.unpack(unpacked.pointer, packed.pointer, n, UInt32(bits)) == largest,
          "\(path.name), \(bits) bits, position \(position)")
      }
    }
  }
}
