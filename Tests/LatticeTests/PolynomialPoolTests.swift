import Lattice
import Testing

@Suite struct PolynomialPoolTests {
  @Test func whatIsGivenBackIsTakenAgain() {
    let pool = PolynomialPool()
    let (small, large) = (pool.take(count: 64), pool.take(count: 128))
    #expect(pool.freeWordCount == 0)
    pool.giveBack(small)
    pool.giveBack(large)
    #expect(pool.freeWordCount == 192)
    #expect(pool.take(count: 64) === small)
    #expect(pool.take(count: 64) !== small)
    #expect(pool.take(count: 128) === large)
    #expect(pool.freeWordCount == 0)
  }

  /// Memory that the pool never lent comes in, in many sizes: it must not keep all of it.
  @Test func itKeepsNoMoreThanItsLimit() {
    let pool = PolynomialPool()
    let unit = PolynomialPool.maximumWordCount / 8
    // Untouched memory, which costs addresses only.
    for round in 0..<40 { pool.giveBack(ResidueStorage(count: unit + round)) }
    #expect(pool.freeWordCount <= PolynomialPool.maximumWordCount)
    #expect(pool.freeWordCount > PolynomialPool.maximumWordCount - 2 * unit)
    // The last ones are there, the first are gone.
    let before = pool.freeWordCount
    #expect(pool.take(count: unit + 39).count == unit + 39)
    #expect(pool.freeWordCount == before - unit - 39)
    let left = pool.freeWordCount
    #expect(pool.take(count: unit).count == unit)
    #expect(pool.freeWordCount == left)
    // One that is larger than the limit is not kept, and drives out no other.
    pool.giveBack(ResidueStorage(count: PolynomialPool.maximumWordCount + 1))
    #expect(pool.freeWordCount == left)
  }
}
