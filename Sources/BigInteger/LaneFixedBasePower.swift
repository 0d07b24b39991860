/// Powers of one base to many secret exponents of a fixed width, eight at a time modulo a square.
///
/// The same job and the same windows as ``FixedBasePower``. A look-up picks for all eight lanes out
/// of registers and reads the whole row. The base and the modulus may be secret: making the table
/// takes neither a branch nor an address from them.
package final class LaneFixedBasePower: Sendable {
  package let modulus: LaneModulus
  package let exponentBitCount: Int
  private let windowBitCount: Int
  private let windowCount: Int
  /// Window by window, digit by digit, and of each digit all entries, in Montgomery form.
  private let table: LimbBuffer

  /// The pairs of a row. The kernels pick out of sixteen at least.
  private var entryCount: Int { max(16, 1 << windowBitCount) }

  private var rowWordCount: Int { 2 * modulus.digitCount * entryCount }

  /// Calculates the table: about (2^window − 1) · exponent bits / window products, and as many
  /// squares of one number as the exponent has bits.
  ///
  /// - Parameters:
  ///   - base: a residue modulo the modulus's square.
  ///   - windowBitCount: 1 to 8. A row has 2^window pairs; the row of 6 bits stays within the
  ///     second-level cache beside a batch of numbers.
  /// - Returns: nil when the base is wider than a residue.
  package init?(
    base: SecretInteger, modulus: LaneModulus, exponentBitCount: Int, windowBitCount: Int = 6
  ) {
    guard let base = LanePair(repeating: base, modulus: modulus),
      let one = LanePair(repeating: .one, modulus: modulus)
    else { return nil }
    self.modulus = modulus
    self.exponentBitCount = max(1, exponentBitCount)
    let window = min(max(1, windowBitCount), 8)
    self.windowBitCount = window
    windowCount = (self.exponentBitCount + window - 1) / window
    table = LimbBuffer(count: windowCount * 2 * modulus.digitCount * max(16, 1 << window))
    fillTable(base: base, one: one)
  }

  /// Eight windows at a time, each in its lane.
  private func fillTable(base: LanePair, one: LanePair) {
    let lanes = LaneModulus.laneCount
    let words = modulus.pairWordCount
    let (running, power, bases) = (
      LimbBuffer(count: words), LimbBuffer(count: words), LimbBuffer(count: words)
    )
    let scratch = LimbBuffer(count: modulus.scratchCount)
    power.pointer.update(from: base.words.pointer, count: words)
    for first in stride(from: 0, to: windowCount, by: lanes) {
      for lane in 0..<lanes {
        for index in stride(from: lane, to: words, by: lanes) {
          bases.pointer[index] = power.pointer[index]
        }
        for _ in 0..<windowBitCount {
          modulus.square(power.pointer, power.pointer, scratch: scratch.pointer)
        }
      }
      running.pointer.update(from: one.words.pointer, count: words)
      for entry in 0..<1 << windowBitCount {
        if entry > 0 {
          modulus.multiply(
            running.pointer, running.pointer, bases.pointer, scratch: scratch.pointer)
        }
        store(running.pointer, entry: entry, firstWindow: first)
      }
    }
    withExtendedLifetime((base, one, running, power, bases, scratch)) {}
  }

  /// Puts each lane's pair into its window's row.
  private func store(_ pair: UnsafePointer<UInt>, entry: Int, firstWindow: Int) {
    let lanes = LaneModulus.laneCount
    for lane in 0..<min(lanes, windowCount - firstWindow) {
      let row = table.pointer + (firstWindow + lane) * rowWordCount
      for digit in 0..<2 * modulus.digitCount {
        row[digit * entryCount + entry] = pair[digit * lanes + lane]
      }
    }
  }

  /// The bytes of the table.
  package var tableByteCount: Int { table.count * MemoryLayout<UInt>.size }

  /// factor · base^exponent for each pair, in [0, m²).
  ///
  /// Nil unless there are as many exponents as factors, the exponents have the table's width, and no
  /// factor is wider than a residue.
  package func scaled(
    _ factors: [SecretInteger], by exponents: [SecretInteger]
  ) -> [SecretInteger]? {
    let lanes = LaneModulus.laneCount
    guard factors.count == exponents.count,
      exponents.allSatisfy({ $0.bitCount == exponentBitCount })
    else { return nil }
    // A batch costs as much for one number as for eight.
    if factors.count <= LaneFixedBasePower.fewNumbers {
      return zip(factors, exponents).reduce(into: [SecretInteger]?([])) { results, pair in
        guard let result = scaled(pair.0, by: pair.1) else {
          results = nil
          return
        }
        results?.append(result)
      }
    }
    let words = modulus.pairWordCount
    let groups = stride(from: 0, to: factors.count, by: lanes).map { first in
      first..<min(first + lanes, factors.count)
    }
    var products: [LimbBuffer] = []
    for group in groups {
      guard let pair = LanePair(Array(factors[group]), modulus: modulus) else { return nil }
      let product = LimbBuffer(count: words)
      product.pointer.update(from: pair.words.pointer, count: words)
      withExtendedLifetime(pair) {}
      products.append(product)
    }

    let entry = LimbBuffer(count: words)
    let indices = LimbBuffer(count: lanes)
    let scratch = LimbBuffer(count: modulus.scratchCount)
    for window in 0..<windowCount {
      let row = table.pointer + window * rowWordCount
      for (group, product) in zip(groups, products) {
        for (lane, index) in group.enumerated() {
          indices.pointer[lane] = exponents[index]
            .bits(from: window * windowBitCount, count: windowBitCount)
        }
        modulus.select(entry.pointer, row: row, entries: entryCount, indices: indices.pointer)
        modulus.multiply(
          product.pointer, product.pointer, entry.pointer, scratch: scratch.pointer)
      }
    }
    withExtendedLifetime((table, entry, indices, scratch)) {}
    return zip(groups, products).flatMap { group, product in
      LanePair(modulus: modulus, count: group.count, words: product).residues()
    }
  }

  /// So many numbers are done one by one.
  private static let fewNumbers = 3

  /// factor · base^exponent on all lanes: each takes every eighth window, and the eight partial
  /// products are multiplied in the end.
  private func scaled(_ factor: SecretInteger, by exponent: SecretInteger) -> SecretInteger? {
    let (lanes, words) = (LaneModulus.laneCount, modulus.pairWordCount)
    // The factor in the first lane, 1 in the others.
    guard let start = LanePair([factor], modulus: modulus) else { return nil }
    let (product, entries, entry) = (
      LimbBuffer(count: words), LimbBuffer(count: words), LimbBuffer(count: words)
    )
    let indices = LimbBuffer(count: lanes)
    let scratch = LimbBuffer(count: modulus.scratchCount)
    product.pointer.update(from: start.words.pointer, count: words)
    for first in stride(from: 0, to: windowCount, by: lanes) {
      for lane in 0..<lanes {
        // Past the last window a lane takes entry 0 of some row, which is 1.
        let window = min(first + lane, windowCount - 1)
        indices.pointer[lane] =
          first + lane < windowCount
          ? exponent.bits(from: window * windowBitCount, count: windowBitCount) : 0
        modulus.select(
          entry.pointer, row: table.pointer + window * rowWordCount, entries: entryCount,
          indices: indices.pointer)
        for word in stride(from: lane, to: words, by: lanes) {
          entries.pointer[word] = entry.pointer[word]
        }
      }
      modulus.multiply(
        product.pointer, product.pointer, entries.pointer, scratch: scratch.pointer)
    }
    for distance in [4, 2, 1] {
      for word in 0..<words { entry.pointer[word] = product.pointer[word ^ distance] }
      modulus.multiply(product.pointer, product.pointer, entry.pointer, scratch: scratch.pointer)
    }
    withExtendedLifetime((table, start, entries, entry, indices, scratch)) {}
    return LanePair(modulus: modulus, count: 1, words: product).residues().first
  }
}
