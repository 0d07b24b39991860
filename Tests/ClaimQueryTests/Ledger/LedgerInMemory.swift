import ClaimQuery
import Foundation
import Synchronization

/// A ledger that tests cut, alter, roll back and keep from being written.
final class LedgerInMemory: LedgerStorage {
  struct Content: Sendable {
    var ledger: [UInt8]?
    var head: [UInt8]?
    var failsToAppend = false
    var failsToSeal = false
    var isHeld = false
    var writes: [String] = []
  }

  struct DiskFull: Error {}

  let ledgerName = "ledger.log"
  let headName = "ledger.head"
  private let state: Mutex<Content>
  private let gate = NSRecursiveLock()

  init(head: [UInt8]?, ledger: [UInt8]? = nil) {
    state = Mutex(Content(ledger: ledger, head: head))
  }

  var content: Content { state.withLock { $0 } }

  func change(_ body: @Sendable (inout Content) -> Void) { state.withLock { body(&$0) } }

  func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    gate.lock()
    defer { gate.unlock() }
    state.withLock { $0.isHeld = true }
    defer { state.withLock { $0.isHeld = false } }
    return try body()
  }

  func readLedger() throws -> [UInt8]? { content.ledger }

  func createLedger(_ bytes: [UInt8]) throws {
    state.withLock {
      $0.ledger = bytes
      $0.writes.append("beginning")
    }
  }

  func append(_ bytes: [UInt8], at offset: Int) throws {
    try state.withLock {
      guard !$0.failsToAppend, $0.isHeld, let old = $0.ledger, offset <= old.count else {
        throw DiskFull()
      }
      $0.ledger = Array(old[..<offset]) + bytes
      $0.writes.append("entry")
    }
  }

  func readHead() throws -> [UInt8]? { content.head }

  func writeHead(_ bytes: [UInt8]) throws {
    try state.withLock {
      guard !$0.failsToSeal, $0.isHeld else { throw DiskFull() }
      $0.head = bytes
      $0.writes.append("head")
    }
  }
}
