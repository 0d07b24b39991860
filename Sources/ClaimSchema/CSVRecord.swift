/// One record of a CSV file.
public struct CSVRecord: Sendable {
  /// The line on which the record starts, from 1.
  public let line: Int
  /// The record as it stands in the file, without its line end.
  public let raw: [UInt8]
  let fields: [Field]

  /// Where a field's content lies in `raw`.
  struct Field: Sendable {
    let range: Range<Int>
    /// True when the content has doubled quotes.
    let hasDoubledQuotes: Bool
  }

  /// The number of fields.
  public var count: Int { fields.count }

  /// The content of a field in UTF-8, quotes removed; empty when there is no such field.
  public func bytes(at index: Int) -> ArraySlice<UInt8> {
    guard fields.indices.contains(index) else { return [] }
    let field = fields[index]
    let content = raw[field.range]
    guard field.hasDoubledQuotes else { return content }
    var unescaped: [UInt8] = []
    unescaped.reserveCapacity(content.count)
    var isSecond = false
    for byte in content {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if byte != UInt8(ascii: "\"") || isSecond { unescaped.append(byte) }
    }
    return unescaped[...]
  }

  /// The content of a field.
  public func text(at index: Int) -> String {
    String(decoding: bytes(at: index), as: UTF8.self)
  }
}

/// One row of a CSV file: a record, or what is wrong with it.
public enum CSVRow: Sendable {
  case record(CSVRecord)
  case malformed(line: Int, problem: CSVProblem, raw: [UInt8])
}

/// Why a row is not a record. It never carries the row's text.
public enum CSVProblem: Error, Hashable, Sendable {
  /// More or fewer fields than the header.
  case fieldCount(found: Int, expected: Int)
  /// A quote inside a field without quotes, or text after a closing quote.
  case strayQuote(field: Int)
  /// A field of more bytes than are read.
  case fieldTooLong(field: Int, limit: Int)
  /// Bytes that are not UTF-8, or a zero byte.
  case notUTF8
}

extension CSVProblem: CustomStringConvertible {
  /// What is wrong with the row, without its text.
  public var description: String {
    switch self {
    case .fieldCount(let found, let expected):
      "\(found) fields where the header has \(expected)"
    case .strayQuote(let field):
      "field \(field): a quote that neither opens nor closes the field (write it doubled, in quotes)"
    case .fieldTooLong(let field, let limit): "field \(field): more than \(limit) bytes"
    case .notUTF8: "not UTF-8 text; convert the file to UTF-8"
    }
  }
}

/// What a CSV file may look like and how large its parts may be.
public struct CSVOptions: Sendable {
  /// The byte between fields; nil to find it in the header: comma, semicolon, tab or pipe.
  public var delimiter: UInt8?
  /// The most bytes of one field.
  public var fieldByteLimit: Int
  /// The most bytes of one record.
  public var recordByteLimit: Int

  /// Fields up to 64 KiB and records up to 1 MiB unless said.
  public init(
    delimiter: UInt8? = nil, fieldByteLimit: Int = 1 << 16,
    recordByteLimit: Int = 1 << 20
  ) {
    self.delimiter = delimiter
    self.fieldByteLimit = fieldByteLimit
    self.recordByteLimit = recordByteLimit
  }
}
