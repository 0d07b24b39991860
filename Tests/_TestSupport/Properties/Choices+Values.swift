extension Choices {
  /// 0 to `count` − 1, each as often as any other.
  public mutating func pick(_ count: Int) -> Int {
    let maximum = UInt64(max(count, 1) - 1)
    return Int(draw(upTo: maximum) { $0.uniform(upTo: maximum) })
  }

  /// The index of one of the weights, as often as its weight says. The first is the simplest.
  public mutating func pick(weights: [Int]) -> Int {
    let total = weights.reduce(0, +)
    return Int(
      draw(upTo: UInt64(max(weights.count, 1) - 1)) { generator in
        var rest = Int(generator.uniform(upTo: UInt64(max(total, 1) - 1)))
        return UInt64(
          weights.firstIndex { weight in
            rest -= weight
            return rest < 0
          } ?? 0)
      })
  }

  /// One of several values, the first of which is the simplest.
  public mutating func element<Value>(of values: [Value]) -> Value { values[pick(values.count)] }

  /// False is the simplest.
  public mutating func bool() -> Bool { pick(2) == 1 }

  /// A number of a range; edges come often, and the nearest to zero is the simplest.
  public mutating func integer<Number: FixedWidthInteger>(in range: ClosedRange<Number>) -> Number {
    let (lower, upper) = (Int128(range.lowerBound), Int128(range.upperBound))
    let isNegative = lower < 0 && (upper < 0 || bool())
    let bounds = isNegative ? (-min(upper, 0), -lower) : (max(lower, 0), upper)
    let width = UInt64(bounds.1 - bounds.0)
    let magnitude = bounds.0 + Int128(draw(upTo: width) { $0.edgy(upTo: width) })
    return Number(isNegative ? -magnitude : magnitude)
  }

  /// A number below `bound`; edges come often.
  public mutating func residue(below bound: UInt64) -> UInt64 { integer(in: 0...bound - 1) }

  /// Nothing, or a value three times out of four.
  public mutating func optional<Value>(_ make: (inout Choices) throws -> Value) rethrows -> Value? {
    try span("optional") { choices in
      choices.pick(weights: [1, 3]) == 0 ? nil : try make(&choices)
    }
  }

  /// Values one after the other. Any of them beyond the smallest count can be left out.
  public mutating func array<Value>(
    count: ClosedRange<Int>, _ make: (inout Choices) throws -> Value
  ) rethrows -> [Value] {
    let most = count.lowerBound + Int(hint(upTo: UInt64(count.upperBound - count.lowerBound)))
    var values: [Value] = []
    while values.count < count.upperBound {
      let made = try span("element") { choices -> Value? in
        let isNeeded = values.count < count.lowerBound
        let goesOn = isNeeded || choices.draw(upTo: 1) { _ in values.count < most ? 1 : 0 } == 1
        return goesOn ? try make(&choices) : nil
      }
      guard let made else { break }
      values.append(made)
    }
    return values
  }

  /// Bytes, edges among them.
  public mutating func bytes(count: ClosedRange<Int>) -> [UInt8] {
    array(count: count) { $0.integer(in: 0...UInt8.max) }
  }

  /// Text of the given characters, the first of which is the simplest.
  public mutating func text(of alphabet: String, count: ClosedRange<Int>) -> String {
    let characters = Array(alphabet)
    return String(array(count: count) { $0.element(of: characters) })
  }
}
