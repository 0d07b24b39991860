import ClaimKeys
import ClaimQuery
import SecureMemory
import Wire

/// One entry of a custodian's ledger.
struct LedgerEntryCheck: DecoderCheck {
  static let name = "query.ledger-entry"
  static let refusals: [any Error.Type] = [WireError.self]

  func seeds() throws -> [[UInt8]] { [LedgerCheck.entry(previous: Digest.of([], domain: "seed"))] }

  func run(_ input: [UInt8]) throws {
    var reader = BoundedReader(input[...], source: Self.source)
    let entry = try LedgerEntry(from: &reader, source: Self.source)
    var writer = BoundedWriter()
    entry.write(to: &writer)
    let isClamped =
      entry.index == .max || entry.event.cellCount == .max
      || entry.event.withheldCount == .max
    try DecoderDefect.unless(
      writer.bytes == input || isClamped, "written again it is another entry")
    _ = LedgerFormatter.json([entry])
  }
}

/// Ledgers: the input is what follows the beginning, its first entry signed.
struct LedgerCheck: DecoderCheck {
  static let name = "query.ledger"
  static let refusals: [any Error.Type] = [WireError.self, LedgerError.self]

  private let fixture: DecoderFixture
  private let beginning: [UInt8]

  init() throws {
    fixture = try DecoderFixture.shared.get()
    beginning = LedgerChain.beginning(publicKeys: fixture.keys.publicKeys)
  }

  func seeds() throws -> [[UInt8]] {
    let entry = LedgerCheck.entry(previous: try start())
    return [[], entry, [0xFF, 0xFF, 0xFF, 0x7F]]
  }

  func run(_ input: [UInt8]) throws {
    // As it stands behind the beginning, where it may be refused, then as the content of a signed entry.
    do {
      let plain = try chain(beginning + input)
      try DecoderDefect.unless(plain.entries.isEmpty, "an unsigned entry is taken")
    } catch is LedgerError {
    } catch is WireError {
    }
    let signed = try chain(beginning + signedEntry(input))
    try DecoderDefect.unless(signed.entries.count == 1, "a signed entry is not taken")
  }

  private func chain(_ bytes: [UInt8]) throws -> LedgerChain {
    try LedgerChain(bytes, publicKeys: fixture.keys.publicKeys, source: Self.source)
  }

  private func start() throws -> Digest { try chain(beginning).lastDigest }

  /// The entry's place and the digest before it are what they must be, its other bytes the input's.
  private func signedEntry(_ input: [UInt8]) throws -> [UInt8] {
    var body = input
    if body.count >= 50 {
      body.replaceSubrange(2..<10, with: [UInt8](repeating: 0, count: 8))
      body.replaceSubrange(18..<50, with: try start().bytes)
    }
    let payload = SignedBody(
      signing: body, context: LedgerChain.context, with: fixture.keys.signingKey
    ).payload
    var writer = BoundedWriter()
    writer.append(UInt32(payload.count))
    writer.append(bytes: payload)
    return writer.bytes
  }

  /// An entry without cohorts, the first of its ledger.
  static func entry(previous: Digest) -> [UInt8] {
    var writer = BoundedWriter()
    writer.append(UInt16(1))
    writer.append(UInt64(0))
    writer.append(Int64(1_700_000_000))
    writer.append(previous)
    writer.append(false)
    writer.append(string: "refused")
    writer.append(string: "SELECT count(*) FROM claims")
    writer.append(previous)
    writer.append(UInt32(0))
    writer.append(string: "minimum_cohort: 11")
    writer.append(UInt64(1))
    writer.append(UInt64(0))
    writer.append(UInt32(1))
    writer.append(previous)
    writer.append(UInt32(0))
    writer.append(Int64(40))
    writer.append(true)
    writer.append(Int64(500_000))
    writer.append(Int64(9_500_000))
    return writer.bytes
  }
}

/// Heads of ledgers: a file, or what is in it.
struct LedgerHeadCheck: DecoderCheck {
  static let name = "query.ledger-head"
  static let refusals: [any Error.Type] = [WireError.self, LedgerError.self]
  static let byteLimit = 512

  private let fixture: DecoderFixture
  private let ledger: [UInt8]

  init() throws {
    fixture = try DecoderFixture.shared.get()
    ledger = LedgerChain.beginning(publicKeys: fixture.keys.publicKeys)
  }

  func seeds() -> [[UInt8]] { [fixture.keys.makeLedgerHead()] }

  func run(_ input: [UInt8]) throws {
    let head = DecoderFixture.isFile(input) ? input : fixture.file(.ledgerHead, payload: input)
    let chain = try fixture.keys.ledgerChain(in: StoredLedger(ledger: ledger, head: head))
    try DecoderDefect.unless(chain.entries.isEmpty, "there is an entry")
  }

  /// A ledger that is only read.
  private struct StoredLedger: LedgerStorage {
    let ledger: [UInt8]
    let head: [UInt8]
    let ledgerName = "ledger"
    let headName = "head"

    func exclusively<Result>(_ body: () throws -> Result) throws -> Result { try body() }
    func readLedger() -> [UInt8]? { ledger }
    func readHead() -> [UInt8]? { head }
    func createLedger(_ bytes: [UInt8]) throws { throw DecoderDefect("a ledger is written") }
    func append(_ bytes: [UInt8], at offset: Int) throws {
      throw DecoderDefect("a ledger is written")
    }
    func writeHead(_ bytes: [UInt8]) throws { throw DecoderDefect("a head is written") }
  }
}
