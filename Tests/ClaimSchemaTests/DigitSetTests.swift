import ClaimSchema
import Testing

/// Digit sets against sets of whole digit vectors.
@Suite struct DigitSetTests {
  static let layouts = [[1], [5], [2, 3], [3, 1, 4], [2, 2, 2, 2]]

  static func domain(_ sizes: [Int]) -> [[Int]] {
    sizes.reduce([[]]) { vectors, size in
      vectors.flatMap { vector in (0..<size).map { vector + [$0] } }
    }
  }

  /// A canonical set made of random values, and the values.
  static func random(
    _ sizes: [Int], using generator: inout SystemRandomNumberGenerator
  ) -> (DigitSet, Set<[Int]>) {
    let density = Double.random(in: 0...1, using: &generator)
    let values = domain(sizes).filter { _ in Double.random(in: 0...1, using: &generator) < density }
    let set = values.reduce(DigitSet.none) { $0.union(.single($1, sizes: sizes)) }
    return (set, Set(values))
  }

  static func isCanonical(_ set: DigitSet, _ sizes: ArraySlice<Int>) -> Bool {
    guard case .split(let children) = set else { return true }
    guard let size = sizes.first, children.count == size,
      children.contains(where: { $0 != .none }), children.contains(where: { $0 != .all })
    else { return false }
    return children.allSatisfy { isCanonical($0, sizes.dropFirst()) }
  }

  static func expect(
    _ set: DigitSet, is values: Set<[Int]>, _ sizes: [Int],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(isCanonical(set, sizes[...]), sourceLocation: sourceLocation)
    let found = Set(domain(sizes).filter { set.contains($0) })
    #expect(found == values, sourceLocation: sourceLocation)
    #expect(set.isEmpty == values.isEmpty, sourceLocation: sourceLocation)
  }

  @Test(arguments: layouts)
  func algebra(sizes: [Int]) {
    var generator = SystemRandomNumberGenerator()
    let all = Set(Self.domain(sizes))
    for _ in 0..<300 {
      let (a, inA) = Self.random(sizes, using: &generator)
      let (b, inB) = Self.random(sizes, using: &generator)
      Self.expect(a, is: inA, sizes)
      Self.expect(a.union(b), is: inA.union(inB), sizes)
      Self.expect(a.intersection(b), is: inA.intersection(inB), sizes)
      Self.expect(a.complement(), is: all.subtracting(inA), sizes)
      #expect((a == b) == (inA == inB))
    }
  }

  @Test(arguments: layouts)
  func orderAndPrefixes(sizes: [Int]) {
    let domain = Self.domain(sizes)
    func less(_ a: [Int], _ b: [Int]) -> Bool { a.lexicographicallyPrecedes(b) }
    for from in domain {
      Self.expect(.below(from, sizes: sizes), is: Set(domain.filter { less($0, from) }), sizes)
      Self.expect(.single(from, sizes: sizes), is: [from], sizes)
      Self.expect(
        .range(from: from, through: nil, sizes: sizes),
        is: Set(domain.filter { !less($0, from) }), sizes)
      for through in domain {
        Self.expect(
          .range(from: from, through: through, sizes: sizes),
          is: Set(domain.filter { !less($0, from) && !less(through, $0) }), sizes)
      }
      for length in 0...sizes.count {
        let prefix = Array(from.prefix(length))
        Self.expect(
          .prefix(prefix, sizes: sizes), is: Set(domain.filter { $0.starts(with: prefix) }), sizes)
      }
    }
  }

  @Test func digitsOutOfRange() {
    #expect(DigitSet.single([3], sizes: [3]) == .none)
    #expect(DigitSet.single([1], sizes: [3, 3]) == .none)
    #expect(DigitSet.prefix([0, 0, 0], sizes: [3, 3]) == .none)
    #expect(DigitSet.below([3, 0], sizes: [3, 3]) == .all)
    #expect(DigitSet.below([-1, 2], sizes: [3, 3]) == .none)
    #expect(DigitSet.below([1, 3], sizes: [3, 3]) == .split([.all, .all, .none]))
    #expect(!DigitSet.single([1, 1], sizes: [3, 3]).contains([1]))
    #expect(!DigitSet.single([1, 1], sizes: [3, 3]).contains([5, 1]))
  }
}
