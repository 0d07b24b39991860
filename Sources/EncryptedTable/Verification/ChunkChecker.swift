import BFV
import ClaimKeys
import ClaimSchema
import Paillier
import Wire

/// Checks the parts of one chunk after the other.
struct ChunkChecker: Sendable {
  let table: EncryptedTable
  let schema: Schema
  /// How the table must be laid out; nil when that is not known.
  let layout: TableLayout?
  let context: Context?
  let paillier: Paillier.PublicKey?

  var emptyReport: VerificationReport {
    VerificationReport(
      checkedResidues: context != nil || layout.map { $0.parameters == nil } ?? false,
      checkedUnits: paillier != nil || layout.map { $0.packing == nil } ?? false)
  }

  func check(_ chunk: Int, into report: inout VerificationReport) throws {
    let contents = table.catalog.chunks[chunk]
    report.chunks += 1
    checkColumns(contents, chunk, &report)
    for part in contents.ciphertexts.values.sorted(by: { $0.key < $1.key }) {
      try check(part, chunk, &report) { bytes, report in
        report.ciphertexts += 1
        return ciphertextProblem(bytes)
      }
    }
    for part in contents.clear.values.joined() {
      try check(part, chunk, &report) { bytes, report in
        report.clearCells += part.slots.count
        return cellProblem(bytes, part)
      }
    }
    for part in contents.paillier.values.joined() {
      try check(part, chunk, &report) { bytes, report in
        report.paillierCiphertexts += part.slots.count
        return recordProblem(bytes, part)
      }
    }
  }

  /// Reads a part, whose digest is compared in doing so, and looks at its bytes.
  private func check(
    _ part: StoredPart, _ chunk: Int, _ report: inout VerificationReport,
    _ problem: ([UInt8], inout VerificationReport) -> String?
  ) throws {
    try Task.checkCancellation()
    report.byteCount += part.byteCount
    let found: String?
    do {
      found = problem(try table.bytes(of: part, chunk: chunk), &report)
    } catch TableError.damaged(_, _, let reason) {
      found = reason
    }
    guard let found else { return }
    report.add(found, chunk: chunk, column: part.columnText)
  }

  /// The columns of a chunk must be those of the layout; that all cover its records was checked when
  /// the table was opened.
  private func checkColumns(
    _ contents: TableCatalog.Chunk, _ chunk: Int, _ report: inout VerificationReport
  ) {
    let clear = schema.columns.filter { $0.protection == .clear }.map(\.name)
    var wrong = Set(clear).symmetricDifference(contents.clear.keys)
    if let layout {
      wrong.formUnion(
        Set(layout.latticeColumns.map(\.storageKey)).symmetricDifference(contents.ciphertexts.keys))
      let blocks = (0..<(layout.packing?.blockCount ?? 0)).map(String.init)
      wrong.formUnion(
        Set(blocks).symmetricDifference(contents.paillier.keys).map { "Paillier block \($0)" })
    }
    if let column = wrong.min() {
      report.add("the column '\(column)' is missing, or not of the schema", chunk: chunk)
    }
  }

  private func ciphertextProblem(_ bytes: [UInt8]) -> String? {
    guard let context else { return nil }
    var reader = BoundedReader(bytes[...], source: "it")
    do {
      let ciphertext = try BFV.Ciphertext(context: context, from: &reader)
      try reader.finish()
      return ciphertext.level == context.topLevel ? nil : "it has too few primes"
    } catch {
      return "it is no ciphertext of the parameters: \(error)"
    }
  }

  private func cellProblem(_ bytes: [UInt8], _ part: StoredPart) -> String? {
    guard let column = schema.columns.first(where: { $0.name == part.key }) else { return nil }
    do {
      let cells = try ClearCells(encoded: bytes, slotCount: part.slots.count, source: "it")
      let isNull = cells.codes.contains(0)
      guard cells.values.allSatisfy(column.admits(clearText:)),
        !isNull || column.admits(clearText: nil)
      else { return "a cell does not fit the schema" }
      let statistics = ClearStatistics(of: cells, order: column.clearOrder)
      return statistics.encoded == part.statistics
        ? nil : "its statistics are not those of its cells"
    } catch {
      return "its cells cannot be read: \(error)"
    }
  }

  private func recordProblem(_ bytes: [UInt8], _ part: StoredPart) -> String? {
    guard let paillier else { return nil }
    let size = paillier.ciphertextByteCount
    guard bytes.count == size * part.slots.count else {
      return "its ciphertexts have not the key's size"
    }
    for (index, slot) in part.slots.enumerated() {
      let record = bytes[index * size..<(index + 1) * size]
      do {
        _ = try Paillier.Ciphertext(serialized: record, key: paillier, source: "slot \(slot)")
      } catch {
        return "\(error)"
      }
    }
    return nil
  }
}

extension StoredPart {
  /// The column or block, for reports.
  fileprivate var columnText: String {
    kind == .paillier ? "Paillier block \(key)" : "column '\(key)'"
  }
}
