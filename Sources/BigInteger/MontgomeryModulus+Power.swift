internal import CBigIntegerKernels

extension MontgomeryModulus {
  private static let windowBitCount = 5

  /// The power of a base, which has no more limbs than the modulus, in [0, modulus). Base, exponent and
  /// modulus may be secret: every bit of the exponent's width counts as if it were set, and each
  /// lookup reads the whole table.
  package func power(_ base: SecretInteger, _ exponent: SecretInteger) -> SecretInteger {
    let (window, entryCount) = (
      MontgomeryModulus.windowBitCount, 1 << MontgomeryModulus.windowBitCount
    )
    let table = LimbBuffer(count: entryCount * limbCount)
    let (entry, scratch) = (LimbBuffer(count: limbCount), LimbBuffer(count: scratchCount))
    let form = montgomeryForm(base)
    table.pointer.update(from: one.pointer, count: limbCount)
    for index in 1..<entryCount {
      let place = table.pointer + index * limbCount
      multiply(place, place - limbCount, form.pointer, scratch: scratch.pointer)
    }

    let running = LimbBuffer(count: limbCount)
    running.pointer.update(from: one.pointer, count: limbCount)
    let windowCount = (exponent.bitCount + window - 1) / window
    for index in (0..<windowCount).reversed() {
      for _ in 0..<window {
        multiply(running.pointer, running.pointer, running.pointer, scratch: scratch.pointer)
      }
      cryptally_select(
        entry.pointer, table.pointer, limbCount, entryCount,
        exponent.bits(from: index * window, count: window))
      multiply(running.pointer, running.pointer, entry.pointer, scratch: scratch.pointer)
    }
    withExtendedLifetime((table, entry, form)) {}
    // Times 1 takes the last factor R away.
    return SecretInteger(bitCount: bitCount) { result in
      entry.pointer.update(repeating: 0, count: limbCount)
      entry.pointer[0] = 1
      multiply(result, running.pointer, entry.pointer, scratch: scratch.pointer)
      withExtendedLifetime((running, entry, scratch)) {}
    }
  }
}
