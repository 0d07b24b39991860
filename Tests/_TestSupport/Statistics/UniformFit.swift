extension SampleFit {
  /// How words fit the uniform distribution below `bound`: their range, every bit, their remainders
  /// modulo small numbers, 256 equal parts of the range, and correlations.
  public init(uniform words: [UInt64], below bound: UInt64) {
    self.init()
    let outside = words.count { $0 >= bound }
    add("\(outside) words not below \(bound)", outside == 0 ? 1 : 0)
    for bit in 0..<UInt64.bitWidth - (bound - 1).leadingZeroBitCount {
      addCount(
        "bit \(bit)", words.count { $0 >> UInt64(bit) & 1 == 1 }, of: words.count,
        chance: Double(SampleFit.wordsWithBit(bit, below: bound)) / Double(bound))
    }
    for divisor in [3, 5, 7, 11, 13, 64, 251] as [UInt64] where divisor <= bound {
      var counts = [Int](repeating: 0, count: Int(divisor))
      for word in words { counts[Int(word % divisor)] += 1 }
      let chances = (0..<divisor).map { rest in
        Double((bound - rest - 1) / divisor + 1) / Double(bound)
      }
      addChiSquare("remainders by \(divisor)", counts, chances)
    }
    addParts(words, below: bound)
    let width = Double(bound)
    addCorrelations(
      words.map { (Double($0) - (width - 1) / 2) / width },
      variance: (1 - 1 / (width * width)) / 12)
  }

  /// How many numbers below `bound` have a bit set.
  private static func wordsWithBit(_ bit: Int, below bound: UInt64) -> UInt64 {
    let half = UInt64(1) << UInt64(bit)
    let (periods, rest) = UInt128(bound).quotientAndRemainder(dividingBy: 2 * UInt128(half))
    return UInt64(periods) * half + UInt64(rest > half ? rest - UInt128(half) : 0)
  }

  private mutating func addParts(_ words: [UInt64], below bound: UInt64) {
    let parts = min(bound, 256)
    /// The first word of a part: the part of x is ⌊x · parts / bound⌋.
    func start(_ part: UInt64) -> UInt64 {
      UInt64((UInt128(part) * UInt128(bound) + UInt128(parts) - 1) / UInt128(parts))
    }
    var counts = [Int](repeating: 0, count: Int(parts))
    for word in words where word < bound {
      counts[Int(UInt128(word) * UInt128(parts) / UInt128(bound))] += 1
    }
    addChiSquare(
      "parts of the range", counts,
      (0..<parts).map { Double(start($0 + 1) - start($0)) / Double(bound) })
  }

  /// How rows of bits fit fair and independent coins: each column, neighbours in a row, and each column
  /// in rows that follow one another.
  public init(bits rows: [[Bool]]) {
    self.init()
    guard let first = rows.first else { return }
    let width = first.count
    addChiSquareOfCoins(
      "columns", (0..<width).map { column in rows.count { $0[column] } }, rows.count)
    addChiSquareOfCoins(
      "neighbours", (1..<width).map { column in rows.count { $0[column] == $0[column - 1] } },
      rows.count)
    let pairs = Array(zip(rows, rows.dropFirst()))
    addChiSquareOfCoins(
      "rows that follow", (0..<width).map { column in pairs.count { $0[column] == $1[column] } },
      pairs.count)
    let most =
      (0..<width).map { column in abs(rows.count { $0[column] } * 2 - rows.count) }.max() ?? 0
    // The worst of all columns.
    let deviate = Double(most) / Double(rows.count).squareRoot()
    add("the worst column", min(1, Double(width) * TailProbability.normal(deviate)))
  }

  /// The sum of the squares of all deviates.
  private mutating func addChiSquareOfCoins(_ name: String, _ heads: [Int], _ total: Int) {
    let statistic = heads.reduce(0) { sum, count in
      let deviate = (2 * Double(count) - Double(total)) / Double(total).squareRoot()
      return sum + deviate * deviate
    }
    add(name, TailProbability.chiSquare(statistic, degreesOfFreedom: heads.count))
  }
}
