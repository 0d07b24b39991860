import ClaimPreparation
import ClaimSchema
import Foundation

/// A claims file in a folder of its own, read under a schema.
final class PreparedFile {
  let folder: URL
  let path: String

  init(_ text: String) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("claims.csv").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a further file and gives its path.
  func add(_ name: String, _ text: String) throws -> String {
    let path = folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  func claims(
    _ head: String, _ columns: [String], with companions: [String: String] = [:]
  ) throws -> PreparedClaims {
    let yaml =
      "table: t\ncapacity: 1000\n\(head)\ncolumns:\n"
      + columns.map { "  \($0)\n" }.joined()
    return try PreparedClaims(
      path: path, schema: Schema.parse(yaml: yaml, source: "s.yaml"),
      options: ReadingOptions(companions: companions))
  }

  /// The cells of all records as texts, or the problem without the file's name.
  func rows(
    _ head: String, _ columns: [String], with companions: [String: String] = [:]
  ) throws -> [String] {
    try PreparedFile.rows(claims(head, columns, with: companions).reader())
  }

  static func rows(_ reader: ClaimReader) throws -> [String] {
    var rows: [String] = []
    while let row = try reader.next() {
      switch row {
      case .record(let record):
        rows.append(record.cells.map(text).joined(separator: "|"))
      case .rejected(let problem, _): rows.append("\(problem.line): \(problem.reason)")
      }
    }
    return rows
  }

  private static func text(_ cell: CellValue) -> String {
    switch cell {
    case .null: "NULL"
    case .text(let text), .code(let text): text
    case .category(let index): "#\(index)"
    case .date(let day): day.description
    case .number(let number): "\(number)"
    }
  }
}
