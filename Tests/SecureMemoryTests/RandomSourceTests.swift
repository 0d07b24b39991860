import SecureMemory
import Testing
import _TestSupport

/// The expected keystream comes from ChaCha20 in plain Python over hashlib's key.
struct SeedExpanderTests {
  private let seed = [UInt8](0..<32)

  @Test func knownAnswer() {
    var expander = SeedExpander(seed: seed, domain: "cryptally.test")
    let stream = expander.bytes(38_000)
    #expect(
      Array(stream[..<64])
        == bytes(
          hexadecimal: """
            b12d9106433ed7f49c3e827c44a29287592a8dc056930a8bfe017cf904a98209
            cdd98ea57e82aac5d441b4dd977a32ded7c84fbfa8aec2fcc7aa17fe1e21dbbd
            """))
    #expect(
      Digest.of(stream, domain: "cryptally.test").hexadecimal
        == "9a7d3a4909f68b1b070df848500897839eccf4629379671d21860158cf386ac6")
  }

  @Test func streamDoesNotDependOnPieces() {
    var whole = SeedExpander(seed: seed, domain: "cryptally.test")
    let expected = whole.bytes(200_000)
    var pieces = SeedExpander(seed: seed, domain: "cryptally.test")
    var found: [UInt8] = []
    for count in [1, 63, 64, 16_383, 16_384, 16_385, 0, 7, 40_000, 100_000, 10_713] {
      found += pieces.bytes(count)
    }
    #expect(found.count == expected.count)
    #expect(found.elementsEqual(expected))
  }

  @Test func copiesGoOnIndependently() {
    var first = SeedExpander(seed: seed, domain: "cryptally.test")
    _ = first.bytes(10)
    var second = first
    let continued = first.bytes(50_000)
    #expect(second.bytes(50_000).elementsEqual(continued))
  }

  @Test func domainsAndSeedsSeparate() {
    var a = SeedExpander(seed: seed, domain: "a")
    var b = SeedExpander(seed: seed, domain: "b")
    var c = SeedExpander(seed: seed.reversed(), domain: "a")
    let words = [a.nextUInt64(), b.nextUInt64(), c.nextUInt64()]
    #expect(Set(words).count == 3)
  }

  @Test func numbersAreLittleEndian() {
    var expander = SeedExpander(seed: seed, domain: "cryptally.test")
    #expect(expander.nextUInt64() == 0xf4d7_3e43_0691_2db1)
  }
}

struct UniformTests {
  /// Every accepted draw is the high half of the product; a draw that would bias is skipped.
  @Test func rejectsWhatWouldBias() {
    struct Fixed: RandomSource {
      var words: [UInt64]
      mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        withUnsafeBytes(of: words.removeFirst().littleEndian) { buffer.copyMemory(from: $0) }
      }
    }
    // 2^64 mod 3 = 1: of all words only 0 has a product with a low half below 1.
    var source = Fixed(words: [0, UInt64.max])
    #expect(source.uniform(below: 3) == 2)
    #expect(source.words.isEmpty)
  }

  @Test func boundsHold() {
    var random = SystemRandomSource()
    #expect(random.uniform(below: 0) == 0)
    #expect(random.uniform(below: 1) == 0)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[Int(random.uniform(below: 6))] += 1 }
    // Five standard deviations of a binomial with 60,000 draws and probability 1/6 are 456.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 456 + 200 })
    let large: UInt64 = (1 << 63) + 1
    for _ in 0..<1000 { #expect(random.uniform(below: large) < large) }
  }
}

struct SystemRandomSourceTests {
  @Test func streamsDiffer() {
    var a = SystemRandomSource()
    var b = SystemRandomSource()
    let sameSource = a
    var c = sameSource
    #expect(Set([a.bytes(32), b.bytes(32), c.bytes(32)]).count == 3)
  }

  @Test func bitsAreBalanced() {
    var random = SystemRandomSource()
    let ones = random.bytes(1 << 20).reduce(0) { $0 + $1.nonzeroBitCount }
    // 2^23 bits: one standard deviation is 1448.
    #expect(abs(ones - (1 << 22)) < 10 * 1448)
  }

  @Test func emptyAndNegativeCounts() {
    var random = SystemRandomSource()
    #expect(random.bytes(0).isEmpty)
    #expect(random.bytes(-1).isEmpty)
  }
}
