import EncryptedTable
import Foundation
import SecureMemory

/// Tables with damage: the input is a list of changes to a small table's file, each an offset of three
/// bytes and what stands there instead.
final class TableFileCheck: DecoderCheck {
  static let name = "table.file"
  static let refusals: [any Error.Type] = [TableError.self]
  static let byteLimit = 256

  private static let changeByteCount = 4
  private let file: [UInt8]
  private let folder: URL
  /// Where the file is not empty: changes go there.
  private let used: [Int]

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "cryptally-decoder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: "sample").path
    try TableFileCheck.write(to: path)
    let file = try AtomicFile.read(path, limit: 1 << 24)
    self.file = file
    used = file.indices.filter { file[$0] != 0 }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func seeds() -> [[UInt8]] { [[], [0, 0, 18, 9], [0, 1, 0, 7, 2, 0, 0, 5]] }

  func run(_ input: [UInt8]) throws {
    var bytes = file
    for start in stride(
      from: 0, through: input.count - Self.changeByteCount, by: Self.changeByteCount)
    {
      let offset = input[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
      bytes[used[offset % used.count]] = input[start + 3]
    }
    let path = folder.appending(path: "table").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let table = try EncryptedTable(opening: path, allowsTesting: true)
    for chunk in table.chunks {
      for column in table.ciphertextColumns {
        _ = try table.ciphertext(column: column, chunk: chunk.index)
      }
      for column in table.clearColumns {
        let cells = try table.clearCells(column: column, chunk: chunk.index)
        let statistics = try table.clearStatistics(column: column, chunk: chunk.index)
        try DecoderDefect.unless(
          cells.count == statistics.recordCount, "cells and statistics differ")
      }
      for block in table.paillierBlocks {
        let records = try table.paillierRecords(chunk: chunk.index, block: block)
        for slot in 0..<records.count { _ = records[slot] }
      }
      _ = table.deletedSlots(chunk: chunk.index)?.slots
    }
    _ = table.statistics.byteCount
    _ = table.largestPersonCount
  }

  /// Two chunks, the second one with two batches.
  private static func write(to path: String) throws {
    let ingest = try Ingest.begin(
      at: path, describing: TableDescriptionCheck.sample,
      source: SourceIdentity(digest: .of([5], domain: "seed"), byteCount: 9), capacity: 100)
    for (chunk, slots) in [(0, 0..<16), (1, 0..<3), (1, 3..<5)] {
      try ingest.beginBatch(chunk: chunk, slots: slots)
      for column in ["occupied", "value/paid/0"] {
        try ingest.addCiphertext(column: column, bytes: Array(0..<64))
      }
      try ingest.addClearCells(
        column: "site", cells: slots.map { $0 % 3 == 0 ? nil : "S\($0 % 2)" })
      try ingest.addPaillierRecords(
        block: 0, ciphertextByteCount: 8,
        bytes: [UInt8](repeating: 3, count: 8 * slots.count))
      try ingest.commitBatch()
    }
    try ingest.publish()
  }
}
