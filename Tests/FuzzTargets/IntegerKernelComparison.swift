import BigInteger
import CBigIntegerKernels

/// The kernels of big integers against plain integers, every set that the processor has.
struct IntegerKernelComparison: KernelComparison {
  static let name = "kernels.integers"
  static let byteLimit = 2048

  func run(_ input: [UInt8]) throws {
    guard let first = input.first else { return }
    var numbers = FuzzedNumbers(Array(input.dropFirst()))
    switch first % 3 {
    case 0: try compareMontgomery(&numbers)
    case 1: try compareLanes(&numbers)
    default: try compareDigits(&numbers)
    }
  }

  private static var sets: [OpaquePointer] {
    (0..<cryptally_integer_kernels_count()).compactMap(cryptally_integer_kernels_at)
  }

  /// A number of up to so many limbs, of long runs of one bit as often as not.
  private static func integer(_ numbers: inout FuzzedNumbers, limbs: Int) -> [UInt] {
    (0..<limbs).map { _ in
      switch numbers.byte() & 7 {
      case 0: 0
      case 1, 2: .max
      case 3: 1
      case 4: 1 << 63
      default: UInt(numbers.word())
      }
    }
  }

  private func compareMontgomery(_ numbers: inout FuzzedNumbers) throws {
    let limbs = numbers.number(below: 40) + 1
    var modulus = Self.integer(&numbers, limbs: limbs)
    modulus[0] |= 1
    modulus[limbs - 1] |= 2
    let m = BigInteger(limbs: modulus)
    guard let a = BigInteger(limbs: Self.integer(&numbers, limbs: limbs)).reduced(modulo: m),
      let left = a.limbs(count: limbs),
      let inverse = m.inverse(modulo: BigInteger(1) << 64)
    else { throw KernelDifference(description: "there is no such modulus") }
    let right = Self.integer(&numbers, limbs: limbs)
    let product = a * BigInteger(limbs: right)
    for set in Self.sets {
      let result = FuzzedBuffer([UInt](repeating: 0, count: limbs), isAligned: false)
      let scratch = FuzzedBuffer([UInt](repeating: 0, count: 2 * limbs), isAligned: false)
      cryptally_montgomery_multiply(
        set, result.pointer, left, right, modulus, 0 &- inverse.lowLimb, limbs, scratch.pointer)
      let found = BigInteger(limbs: result.elements)
      guard found < m, ((found << (64 * limbs)) - product).reduced(modulo: m)?.isZero == true
      else {
        throw KernelDifference(
          description: "Montgomery product of \(limbs) limbs, set "
            + String(cString: cryptally_integer_kernels_name(set)))
      }
    }
  }

  /// Products, squares, splits and powers of eight numbers at a time.
  private func compareLanes(_ numbers: inout FuzzedNumbers) throws {
    let digits = 4 * (numbers.number(below: 6) + 1)
    let limbs = (52 * digits - 4) / 64
    var root = Self.integer(&numbers, limbs: limbs)
    root[0] |= 3
    let lanes = try FuzzedLanes(root: BigInteger(limbs: root), digitCount: digits)
    func part() -> BigInteger {
      let number = BigInteger(limbs: Self.integer(&numbers, limbs: limbs + 1))
      return number.reduced(modulo: 2 * lanes.root) ?? 0
    }
    let x = (0..<8).map { _ in (part(), part()) }
    let y = (0..<8).map { _ in (part(), part()) }
    let bits = numbers.number(below: 130) + 1
    let exponents = (0..<8 * ((bits + 63) / 64)).map { _ in UInt(numbers.word()) }
    for set in Self.sets where cryptally_integer_kernels_has_lanes(set) != 0 {
      try lanes.compare(set, x, y, exponents: exponents, bits: bits)
    }
  }

  /// Numbers go into lanes and back; entries are looked up; quotients are near.
  private func compareDigits(_ numbers: inout FuzzedNumbers) throws {
    let digits = numbers.number(below: 40) + 1
    let limbs = numbers.number(below: 33) + 1
    let words = Self.integer(&numbers, limbs: 8 * limbs)
    let lanes = FuzzedBuffer([UInt](repeating: 0, count: 8 * digits), isAligned: false)
    cryptally_lanes_load(lanes.pointer, digits, words, limbs)
    let restored = FuzzedBuffer([UInt](repeating: 0, count: 8 * limbs), isAligned: false)
    cryptally_lanes_store(restored.pointer, limbs, lanes.pointer, digits)
    let kept = min(52 * digits, 64 * limbs)
    for lane in 0..<8 {
      let (start, end) = (lane * limbs, (lane + 1) * limbs)
      guard
        BigInteger(limbs: words[start..<end]).lowBits(kept)
          == BigInteger(limbs: restored.elements[start..<end])
      else { throw KernelDifference(description: "numbers do not come back out of lanes") }
    }
    let entries = numbers.number(below: 20) + 1
    let table = Self.integer(&numbers, limbs: entries * limbs)
    let index = numbers.number(below: entries + 2)
    let selected = FuzzedBuffer([UInt](repeating: 1, count: limbs), isAligned: false)
    cryptally_select(selected.pointer, table, limbs, entries, UInt(index))
    let expected =
      index < entries
      ? Array(table[index * limbs..<(index + 1) * limbs]) : [UInt](repeating: 0, count: limbs)
    guard selected.elements == expected else {
      throw KernelDifference(description: "another entry is selected")
    }
    try compareQuotient(&numbers)
  }

  private func compareQuotient(_ numbers: inout FuzzedNumbers) throws {
    let divisor = Self.integer(&numbers, limbs: 2)
    let (low, high) = (divisor[0], divisor[1] | 1 << 63)
    let reciprocal = cryptally_reciprocal(high)
    guard reciprocal == UInt(UInt128.max / UInt128(high) - UInt128(1) << 64) else {
      throw KernelDifference(description: "a reciprocal is another one")
    }
    let whole = BigInteger(limbs: [low, high])
    guard
      let dividend = BigInteger(limbs: Self.integer(&numbers, limbs: 3))
        .reduced(modulo: whole << 64),
      let limbs = dividend.limbs(count: 3),
      let quotient = dividend.quotientAndRemainder(dividingBy: whole)?.quotient
    else { throw KernelDifference(description: "there is no quotient") }
    let estimate = BigInteger(
      limbs: [cryptally_quotient(limbs, high, low, reciprocal)])
    guard estimate == quotient || estimate == quotient + 1 else {
      throw KernelDifference(description: "a quotient is not near")
    }
  }
}
