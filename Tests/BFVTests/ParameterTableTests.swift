import BFV
import Foundation
import Testing

/// The README's table of the named sets against the noise model: it cannot go stale.
@Suite struct ParameterTableTests {
  @Test func readmeTellsWhatTheNamedSetsHold() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../README.md").standardizedFileURL
    let readme = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    let table = try ParameterTable.header + ParameterTable.lines()
    let start = readme.firstIndex { $0 == table[0] }
    let found = start.map { readme[$0...].prefix { $0.hasPrefix("|") }.map(String.init) }
    #expect(
      found == table,
      "the section \"Parameters\" of README.md should hold:\n\(table.joined(separator: "\n"))")
  }

  @Test func serializedSizesAreThoseOfTheTable() throws {
    let context = try Context(.named(.n4096))
    let size = try Ciphertext.serializedByteCount(context: context, level: context.topLevel)
    #expect(size == 2 + 4096 * 140 / 8)
  }
}
