internal import CBigIntegerKernels

/// Powers of one base to many secret exponents of a fixed width. The base and the modulus may be
/// secret as well.
///
/// The exponent is cut into windows. For window i the table holds base^(d · 2^(i · window)) for every
/// digit d, so that a power is one product per window and no squaring. Each lookup reads the window's
/// whole row under a mask. A batch goes window by window, so that a row is read from memory once for
/// the batch.
package final class FixedBasePower: Sendable {
  package let modulus: MontgomeryModulus
  package let exponentBitCount: Int
  private let windowBitCount: Int
  private let windowCount: Int
  /// Window by window, digit by digit, in Montgomery form.
  private let table: LimbBuffer

  private var digitCount: Int { 1 << windowBitCount }

  /// Calculates the table: about (2^window − 1) · exponent bits / window products.
  ///
  /// - Parameters:
  ///   - base: below the modulus.
  ///   - windowBitCount: 1 to 8. A row has 2^window numbers; 6 keeps the row of a 6144-bit
  ///   modulus within the second-level cache, and wider rows cost more to read than they save.
  package init(
    base: SecretInteger, modulus: MontgomeryModulus, exponentBitCount: Int, windowBitCount: Int = 6
  ) {
    self.modulus = modulus
    self.exponentBitCount = max(1, exponentBitCount)
    let window = min(max(1, windowBitCount), 8)
    self.windowBitCount = window
    windowCount = (self.exponentBitCount + window - 1) / window
    let (count, digits) = (modulus.limbCount, 1 << window)
    table = LimbBuffer(count: windowCount * digits * count)
    let scratch = LimbBuffer(count: modulus.scratchCount)
    let power = LimbBuffer(count: count)
    let form = modulus.montgomeryForm(base)
    power.pointer.update(from: form.pointer, count: count)
    for index in 0..<windowCount {
      let row = table.pointer + index * digits * count
      row.update(from: modulus.one.pointer, count: count)
      for digit in 1..<digits {
        modulus.multiply(
          row + digit * count, row + (digit - 1) * count, power.pointer, scratch: scratch.pointer)
      }
      modulus.multiply(
        power.pointer, row + (digits - 1) * count, power.pointer, scratch: scratch.pointer)
    }
    withExtendedLifetime((table, scratch, power, form, modulus)) {}
  }

  /// The bytes of the table.
  package var tableByteCount: Int { table.count * MemoryLayout<UInt>.size }

  /// factor · base^exponent for each pair, in [0, modulus).
  ///
  /// Nil unless there are as many exponents as factors, the exponents have the table's width, and
  /// the factors the modulus's limbs. The factors are below the modulus.
  package func scaled(
    _ factors: [SecretInteger], by exponents: [SecretInteger]
  ) -> [SecretInteger]? {
    let count = modulus.limbCount
    guard factors.count == exponents.count,
      factors.allSatisfy({ $0.limbCount == count }),
      exponents.allSatisfy({ $0.bitCount == exponentBitCount })
    else { return nil }

    let running = LimbBuffer(count: factors.count * count)
    let entry = LimbBuffer(count: count)
    let scratch = LimbBuffer(count: modulus.scratchCount)
    for (index, factor) in factors.enumerated() {
      (running.pointer + index * count).update(from: factor.pointer, count: count)
      withExtendedLifetime(factor) {}
    }
    for window in 0..<windowCount {
      let row = table.pointer + window * digitCount * count
      for (index, exponent) in exponents.enumerated() {
        // The running product stays in plain form: the entry's R cancels the kernel's division.
        let product = running.pointer + index * count
        cryptally_select(entry.pointer, row, count, digitCount, digit(window, of: exponent))
        modulus.multiply(product, product, entry.pointer, scratch: scratch.pointer)
      }
    }
    defer { withExtendedLifetime((table, running, entry, scratch)) {} }
    return factors.indices.map { index in
      SecretInteger(bitCount: modulus.bitCount) {
        $0.update(from: running.pointer + index * count, count: count)
      }
    }
  }

  /// The window's bits of the exponent. Bits past its width are 0.
  private func digit(_ window: Int, of exponent: SecretInteger) -> UInt {
    let first = window * windowBitCount
    let (limb, offset) = (first / UInt.bitWidth, first % UInt.bitWidth)
    var digit = exponent.pointer[limb] >> UInt(offset)
    if offset + windowBitCount > UInt.bitWidth, limb + 1 < exponent.limbCount {
      digit |= exponent.pointer[limb + 1] << UInt(UInt.bitWidth - offset)
    }
    withExtendedLifetime(exponent) {}
    return digit & UInt(digitCount - 1)
  }
}
