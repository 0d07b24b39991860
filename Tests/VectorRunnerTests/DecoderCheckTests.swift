import Testing
import VectorRunner

/// The checks that fuzzing feeds, on the inputs that it begins from.
@Suite struct DecoderCheckTests {
  @Test func namesAreUnique() {
    let names = DecoderCatalog.checks.map { $0.name }
    #expect(Set(names).count == names.count)
  }

  /// No seed shows a defect, and every decoder accepts one: else its check would only see refusals.
  @Test(arguments: DecoderCatalog.checks.map { $0.name })
  func seedsAreAccepted(_ name: String) throws {
    let check = try #require(DecoderCatalog.check(named: name)).init()
    let accepted = try check.seeds().filter { try check.accepts($0) }
    #expect(!accepted.isEmpty)
  }

  @Test(arguments: DecoderCatalog.checks.map { $0.name })
  func whatIsNoInputIsRefused(_ name: String) throws {
    let check = try #require(DecoderCatalog.check(named: name)).init()
    for input in [[], [0], [0xFF], Array("CRYPTALY".utf8), [UInt8](repeating: 0xFF, count: 200)] {
      _ = try check.accepts(input)
    }
  }
}
