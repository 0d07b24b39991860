import Testing
import _TestSupport

/// That false laws are found out and their counterexamples made as simple as they can be, and that
/// true laws pass.
@Suite struct PropertyTests {
  /// What a search from several seeds ends in, which must not depend on the seed.
  private func simplest<Value: Equatable>(
    _ generate: @escaping (inout Choices) throws -> Value,
    where isTrue: @escaping (Value) throws -> Bool
  ) throws -> Value? {
    let property = Property("a false law", generate) { try hold(isTrue($0), "false") }
    let values = try (1...8).map {
      try property.search(PropertySettings(seed: $0 * 1_000_003))?.value
    }
    for value in values { #expect(value == values[0]) }
    return values[0]
  }

  @Test func numbersGoToTheNearestBoundary() throws {
    #expect(try simplest({ $0.integer(in: 0...UInt64.max) }, where: { $0 < 1000 }) == 1000)
    #expect(try simplest({ $0.integer(in: -5000...5000) }, where: { $0 > -17 }) == -17)
    #expect(try simplest({ $0.integer(in: 40...UInt8.max) }, where: { _ in false }) == 40)
    #expect(try simplest({ $0.integer(in: -200 ... -40) }, where: { _ in false }) == -40)
    #expect(try simplest({ $0.integer(in: Int64.min...Int64.max) }, where: { $0 == 0 }) == 1)
    #expect(try simplest({ $0.residue(below: 97) }, where: { $0 < 96 }) == 96)
  }

  /// A value is made again from its choices, so it keeps what its generator promises.
  @Test func valuesStayWithinTheirGenerator() throws {
    let even: (inout Choices) -> Int = { 2 * $0.pick(10_000) }
    #expect(try simplest(even, where: { $0 < 11 }) == 12)
  }

  @Test func listsLoseWhatIsNotNeeded() throws {
    let list: (inout Choices) -> [Int] = { choices in
      choices.array(count: 0...20) { $0.integer(in: 0...1000) }
    }
    #expect(try simplest(list, where: { $0 == $0.reversed() }) == [0, 1])
    #expect(try simplest(list, where: { $0 == $0.sorted() }) == [1, 0])
    #expect(try simplest(list, where: { Set($0).count == $0.count }) == [0, 0])
    #expect(try simplest(list, where: { $0.count < 4 }) == [0, 0, 0, 0])
    #expect(try simplest(list, where: { $0.reduce(0, +) < 1500 }) == [500, 1000])
    let long: (inout Choices) -> [Int] = { choices in
      choices.array(count: 3...20) { $0.integer(in: 0...9) }
    }
    #expect(try simplest(long, where: { !$0.contains(7) }) == [0, 0, 7])
  }

  @Test func numbersThatDependOnEachOtherFallTogether() throws {
    let pair: (inout Choices) -> [Int] = { choices in
      [choices.integer(in: 0...1000), choices.integer(in: 0...1000)]
    }
    #expect(try simplest(pair, where: { $0[0] + $0[1] < 1200 }) == [200, 1000])
    let equal: (inout Choices) -> [Int] = { choices in
      let first: Int = choices.integer(in: 0...100_000)
      return [first, choices.bool() ? choices.integer(in: 0...100_000) : first]
    }
    #expect(try simplest(equal, where: { $0[0] != $0[1] || $0[0] <= 500 }) == [501, 501])
  }

  @Test func textAndOptionalsShrink() throws {
    #expect(
      try simplest({ $0.text(of: "abc", count: 0...9) }, where: { !$0.contains("b") }) == "b")
    let optional: (inout Choices) -> Int? = { $0.optional { $0.integer(in: 5...90) } }
    #expect(try simplest(optional, where: { $0 == nil }) == .some(5))
  }

  /// An expression, for trees that have to be cut out of trees.
  private indirect enum Tree: Equatable {
    case leaf(Int)
    case negation(Tree)
    case sum(Tree, Tree)

    init(_ choices: inout Choices, depth: Int) {
      self = choices.span("tree") { choices in
        switch depth == 0 ? 0 : choices.pick(weights: [1, 1, 2]) {
        case 0: .leaf(choices.integer(in: 0...100))
        case 1: .negation(Tree(&choices, depth: depth - 1))
        default: .sum(Tree(&choices, depth: depth - 1), Tree(&choices, depth: depth - 1))
        }
      }
    }

    /// Of a computer that negates wrongly under a sum.
    var hasNegatedSum: Bool {
      switch self {
      case .leaf: false
      case .negation(let operand):
        if case .sum = operand { true } else { operand.hasNegatedSum }
      case .sum(let left, let right): left.hasNegatedSum || right.hasNegatedSum
      }
    }
  }

  @Test func treesAreCutDownToTheSubtreeThatMatters() throws {
    let found = try simplest({ Tree(&$0, depth: 7) }, where: { !$0.hasNegatedSum })
    #expect(found == .negation(.sum(.leaf(0), .leaf(0))))
  }

  @Test func trueLawsPassAfterAllTheirRuns() throws {
    var runs = 0
    let property = Property("addition commutes", runs: 37) { choices in
      (choices.integer(in: Int32.min...Int32.max), choices.integer(in: Int32.min...Int32.max))
    } holds: { a, b in
      runs += 1
      try agree(a &+ b, b &+ a, "the sum")
    }
    try property.check(PropertySettings())
    #expect(runs == 37)
    try property.check(PropertySettings(effort: 3))
    #expect(runs == 37 * 4)
  }

  @Test func whatIsThrownTellsAllThatOneNeeds() throws {
    // Rare enough that the first run does not find it.
    let property = Property("no byte is 200", runs: 10_000) { choices in
      choices.pick(256)
    } holds: {
      try agree($0 == 200, false, "is 200")
    }
    #expect(throws: Counterexample.self) { try property.check(PropertySettings(seed: 5)) }
    let found = try #require(try property.search(PropertySettings(seed: 5)))
    let text = "\(found.counterexample)"
    for part in [
      "no byte is 200", "value: 200", "is 200: true, expected false",
      "CRYPTALLY_PROPERTY_SEED=\(found.counterexample.seed)",
    ] {
      #expect(text.contains(part), "\(text)")
    }
    #expect(found.counterexample.run > 1)
    // The seed that is printed finds it in its first run.
    let again = try #require(try property.search(PropertySettings(seed: found.counterexample.seed)))
    #expect(again.value == 200 && again.counterexample.run == 1)
  }

  @Test func whatAGeneratorThrowsIsACounterexample() throws {
    struct Unexpected: Error {}
    let property = Property("generators work") { choices in
      if choices.pick(1000) > 400 { throw Unexpected() }
    } holds: { _ in
    }
    let found = try #require(try property.search(PropertySettings()))
    #expect(found.value == nil && found.counterexample.reason is Unexpected)
    #expect("\(found.counterexample)".contains("value: none"))
  }

  @Test func discardedValuesDoNotCount() throws {
    var held = 0
    let half = Property("half of them", runs: 50) {
      $0.pick(1000)
    } holds: { value in
      try assume(value < 500)
      held += 1
    }
    try half.check(PropertySettings())
    #expect(held == 50)
    let none = Property("none of them") {
      $0.pick(1000)
    } holds: {
      try assume($0 > 1000)
    }
    #expect(throws: TooManyDiscarded.self) { try none.check(PropertySettings()) }
    // A counterexample is not shrunk into what the law says nothing of.
    let odd = Property("odd numbers are small") {
      $0.pick(100_000)
    } holds: { value in
      try assume(!value.isMultiple(of: 2))
      try hold(value < 778, "large")
    }
    #expect(try odd.search(PropertySettings())?.value == 779)
  }

  /// Without edges most laws would never be tried where they break.
  @Test func edgesComeOften() throws {
    var choices = Choices(seed: 11)
    let words = (0..<2000).map { _ in choices.integer(in: 0...UInt64.max) }
    for edge in [0, 1, UInt64.max, UInt64.max - 1, UInt64.max / 2, 1 << 32] {
      #expect(words.contains(edge), "\(edge)")
    }
    #expect(Set(words).count > 1000)
    let signed = (0..<2000).map { _ in choices.integer(in: Int64.min...Int64.max) }
    for edge in [0, 1, -1, Int64.min, Int64.max] { #expect(signed.contains(edge), "\(edge)") }
    let drawn = (0..<4000).map { _ in choices.pick(weights: [1, 0, 3]) }
    let counts = (0..<3).map { value in drawn.count { $0 == value } }
    #expect((850...1150).contains(counts[0]) && counts[1] == 0)
    let lengths = Set((0..<400).map { _ in choices.bytes(count: 2...6).count })
    #expect(lengths == [2, 3, 4, 5, 6])
  }
}
