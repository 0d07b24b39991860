import Foundation
import GRDB
import SecureMemory

/// Reads the fields of one row without trusting them: what a file holds may be of any type.
struct RowReader {
  private let row: Row
  private let path: String
  private let part: String

  init(_ row: Row, path: String, part: String) {
    self.row = row
    self.path = path
    self.part = part
  }

  func damage(_ reason: String) -> TableError { .damaged(path: path, part: part, reason: reason) }

  func integer(_ index: Int) throws -> Int64 {
    guard let value = Int64.fromDatabaseValue(row[index]) else {
      throw damage("a number is missing")
    }
    return value
  }

  /// A number that counts something, small enough for sums of them.
  func count(_ index: Int) throws -> Int {
    let value = try integer(index)
    guard (0...Int64(UInt32.max)).contains(value) else { throw damage("a count is out of range") }
    return Int(value)
  }

  func slots(first: Int, count: Int) throws -> Range<Int> {
    let start = try self.count(first)
    let length = try self.count(count)
    return start..<(start + length)
  }

  func text(_ index: Int) throws -> String {
    guard let value = String.fromDatabaseValue(row[index]) else {
      throw damage("a name is missing")
    }
    return value
  }

  func bytes(_ index: Int) throws -> [UInt8] {
    guard let value = Data.fromDatabaseValue(row[index]) else { throw damage("bytes are missing") }
    return [UInt8](value)
  }

  func digest(_ index: Int) throws -> Digest {
    guard let digest = Digest(bytes: try bytes(index)) else {
      throw damage("a digest has the wrong length")
    }
    return digest
  }
}
