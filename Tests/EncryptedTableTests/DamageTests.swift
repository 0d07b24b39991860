import EncryptedTable
import Foundation
import SecureMemory
import Testing

@Suite struct DamageTests {
  @Test func whatIsNoTableIsNamed() throws {
    let folder = try TestFolder()
    let path = folder.path + "/x"
    #expect(error { _ = try EncryptedTable(opening: path) } == .missing(path: path))
    #expect(error { _ = try EncryptedTable(opening: folder.path) }?.category == .badData)
    let contents = [Data(), Data("a,b\n1,2\n".utf8), Data(repeating: 7, count: 100_000)]
    for content in contents {
      try content.write(to: URL(fileURLWithPath: path))
      guard case .notATable(path, _)? = error(of: { _ = try EncryptedTable(opening: path) }) else {
        Issue.record("\(content.count) bytes were not refused as no table")
        continue
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
    }
  }

  @Test func otherVersionsAndApplicationsAreNamed() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 5).encrypt(folder.table)
    let original = try Data(contentsOf: URL(fileURLWithPath: folder.table))
    // Offsets of the SQLite header: 60 user version, 68 application identifier.
    #expect(
      try opening(original, in: folder) { $0[63] = 1 }
        == .unsupportedVersion(path: folder.table, found: 1, supported: 2))
    guard case .notATable = try opening(original, in: folder, { $0[70] ^= 1 }) else {
      Issue.record("another application's file was not refused")
      return
    }
  }

  private func opening(
    _ original: Data, in folder: TestFolder, _ change: (inout Data) -> Void
  ) throws -> TableError? {
    var changed = original
    change(&changed)
    try changed.write(to: URL(fileURLWithPath: folder.table))
    return error { _ = try TestContents(folder.table) }
  }

  @Test func everyCutIsAnError() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 40).encrypt(folder.table)
    let original = try Data(contentsOf: URL(fileURLWithPath: folder.table))
    for length in stride(from: 0, to: original.count, by: 4099) + [original.count - 1] {
      let error = try opening(original.prefix(length), in: folder) { _ in }
      #expect(error?.category == .badData, "cut to \(length) bytes: \(String(describing: error))")
      #expect(error.map { "\($0)".contains(folder.table) } == true)
    }
  }

  @Test func aFlippedBitIsAnErrorOrMeansNothing() throws {
    let folder = try TestFolder()
    let source = TestSource(name: "a", count: 40)
    try source.encrypt(folder.table)
    let expected = TestContents(expecting: source)
    let original = try Data(contentsOf: URL(fileURLWithPath: folder.table))
    var random = SeedExpander(seed: [UInt8](repeating: 5, count: 32), domain: "test")
    // Most of a small file is empty space, where a change means nothing.
    let used = original.indices.filter { original[$0] != 0 }
    var errorCount = 0
    for round in 0..<250 {
      let position = used[Int(random.uniform(below: UInt64(used.count)))]
      var changed = original
      changed[position] ^= 1 << (round % 8)
      try changed.write(to: URL(fileURLWithPath: folder.table))
      do {
        #expect(try TestContents(folder.table) == expected, "byte \(position)")
      } catch let error as TableError {
        errorCount += 1
        #expect("\(error)".contains(folder.table))
      }
    }
    #expect(errorCount > 180)
  }

  @Test func valuesCannotChangePlaces() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 40).encrypt(folder.table)
    let original = try Data(contentsOf: URL(fileURLWithPath: folder.table))
    let table = try EncryptedTable(opening: folder.table)
    let first = Data(try table.ciphertext(column: "value/paid/0", chunk: 0))
    let second = Data(try table.ciphertext(column: "value/paid/0", chunk: 1))
    let places = [original.range(of: first), original.range(of: second)].compactMap(\.self)
    try #require(places.count == 2)
    let error = try opening(original, in: folder) { changed in
      changed.replaceSubrange(places[0], with: second)
      changed.replaceSubrange(places[1], with: first)
    }
    guard case .damaged(_, let part, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(part == "chunk 0, column 'value/paid/0'")
  }

  @Test func damagedTablesTakeNoRecords() throws {
    let folder = try TestFolder()
    try TestSource(name: "a", count: 40).encrypt(folder.table)
    let original = try Data(contentsOf: URL(fileURLWithPath: folder.table))
    // A column's key, wherever the catalogue has it.
    var changed = original
    var start = changed.startIndex
    while let place = changed.range(of: Data("value/paid/0".utf8), in: start..<changed.endIndex) {
      changed[place.lowerBound] ^= 1
      start = place.upperBound
    }
    #expect(changed != original)
    try changed.write(to: URL(fileURLWithPath: folder.table))
    let error = error {
      try TestSource(name: "b", count: 3).encrypt(folder.table, options: .init(appends: true))
    }
    #expect(error?.category == .badData)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.table)) == changed)
  }
}
