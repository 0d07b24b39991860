import Cryptally
import Foundation

/// Copies a CSV file with other content in one column, in memory for a few hundred records at a time.
struct ColumnRewrite {
  let csv: String
  let column: String
  let out: String
  let permissions: UInt16

  private static let recordsAtATime = 512

  /// - Parameter transform: the new content of cells, in their order.
  /// - Returns: how many records were copied.
  /// - Throws: what `transform` throws, among others; then nothing is written.
  func run(_ transform: ([ColumnReader.Cell]) throws -> [String]) throws -> Int {
    let reader = try ColumnReader(path: csv, column: column)
    var stream = try AtomicFileStream(path: out, permissions: permissions)
    try stream.write(reader.header.raw + [UInt8(ascii: "\n")])
    let progress = ProgressLine(unit: "bytes")
    defer { progress.finish() }
    let total = try FileManager.default.attributesOfItem(atPath: csv)[.size] as? Int ?? 0
    var (done, count) = (reader.header.raw.count, 0)
    while true {
      let cells = try reader.next(ColumnRewrite.recordsAtATime)
      if cells.isEmpty { break }
      for (cell, text) in zip(cells, try transform(cells)) {
        try stream.write(
          cell.record.raw(replacingFieldAt: reader.index, with: text) + [UInt8(ascii: "\n")])
        done += cell.record.raw.count + 1
      }
      count += cells.count
      progress.update(done: min(done, total), of: total)
    }
    try stream.finish(replacing: false)
    return count
  }
}
