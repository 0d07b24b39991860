import BFV
import ClaimKeys
import ClaimSchema
import Foundation
import Locking
import Paillier
import Wire

/// Checks everything that a table holds, without any secret: what opening it checks is known to be
/// right, and here every byte is read.
public struct TableVerification: Sendable {
  private let checker: ChunkChecker

  /// - Parameter publicKeys: the table's public keys. Without them Paillier ciphertexts are compared
  ///   with their digests alone, and lattice ciphertexts with the parameters that follow from the
  ///   schema.
  /// - Throws: `KeyError.keyMismatch` or `.schemaMismatch`; `SchemaError`.
  public init(_ table: EncryptedTable, publicKeys: PublicKeySet? = nil) throws {
    let schema = try Schema.parse(yaml: table.description.schemaText, source: table.path)
    var layout: TableLayout?
    if let publicKeys {
      guard publicKeys.fingerprint == table.description.keyFingerprint else {
        throw KeyError.keyMismatch(
          what: table.path, expected: publicKeys.fingerprint,
          found: table.description.keyFingerprint)
      }
      layout = try publicKeys.layout(for: schema)
    } else if let derived = try? TableLayout(deriving: schema),
      derived.fingerprint == table.description.parameterFingerprint
    {
      layout = derived
    }
    checker = ChunkChecker(
      table: table, schema: schema, layout: layout,
      context: try publicKeys?.lattice?.context ?? layout?.parameters.map { try Context($0) },
      paillier: publicKeys?.paillier)
  }

  /// Checks every chunk, on all cores, with a few columns in memory at a time.
  ///
  /// - Parameter progress: called with the chunks that are done and all there are.
  /// - Throws: `TableError` when the table cannot be read or is changed meanwhile; what is wrong with
  ///   it is in the report. `CancellationError`.
  public func run(
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> VerificationReport {
    let total = checker.table.chunks.count
    let lanes = max(1, min(ProcessInfo.processInfo.activeProcessorCount, total))
    let done = Locked(0)
    return try await withThrowingTaskGroup(of: VerificationReport.self) { group in
      for lane in 0..<lanes {
        group.addTask {
          var report = checker.emptyReport
          for chunk in stride(from: lane, to: total, by: lanes) {
            try checker.check(chunk, into: &report)
            progress(
              done.withLock {
                $0 += 1
                return $0
              }, total)
          }
          return report
        }
      }
      var report = checker.emptyReport
      for try await part in group { report.add(part) }
      return report
    }
  }
}
