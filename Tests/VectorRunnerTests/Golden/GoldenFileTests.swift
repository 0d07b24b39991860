import Foundation
import Testing
import VectorRunner

/// The golden files are opened as vectors of the kind `format.golden`; here is where they come from.
@Suite struct GoldenFileTests {
  private static let variable = "CRYPTALLY_GOLDEN"
  private static let version = ProcessInfo.processInfo.environment[variable]
  private static let folder = URL(filePath: #filePath).appending(
    path: "../../../../Vectors/golden"
  ).standardizedFileURL
  private static let manifest = "manifest.json"
  private static let kind = "format.golden"

  /// Writes a new set of golden files, named by an environment variable, such as `v2`. What is there
  /// stays as it is.
  @Test(.enabled(if: version != nil))
  func makeGoldenFiles() async throws {
    let version = try #require(Self.version)
    let folder = Self.folder.appending(path: version)
    try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    // Fails when the folder exists.
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    var groups: [[String: Any]] = []
    var count = 0
    for set in GoldenSet.all {
      var maker = GoldenMaker(set, folder: folder.appending(path: set.name))
      let cases = try await maker.make().map { file in
        count += 1
        return file.merging(["id": count]) { first, _ in first }
      }
      groups.append([
        "name": set.name, "folder": "golden/\(version)/\(set.name)",
        "passphrase": GoldenSet.passphrase, "accepts_testing": set.testDegree != nil,
        "cases": cases,
      ])
    }
    let content: [String: Any] = [
      "format": VectorFileHeader.format, "kind": Self.kind,
      "schema": "schemas/\(Self.kind).schema.json",
      "description": "Files as version \(version) wrote them, which every later one must read.",
      "generator": "Tests/VectorRunnerTests/Golden/GoldenMaker.swift",
      "flags": [String: String](), "case_count": count, "groups": groups,
    ]
    let data = try JSONSerialization.data(
      withJSONObject: content, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    try (data + Data("\n".utf8)).write(to: folder.appending(path: Self.manifest))
  }

  /// A file that no manifest names would be opened by nobody.
  @Test func everyGoldenFileIsInItsManifest() throws {
    let manager = FileManager.default
    let versions = try manager.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(versions.contains("v1"))
    for version in versions {
      let root = Self.folder.appending(path: version)
      let files = (manager.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? [])
        .filter { $0.contains("/") }
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      let groups = try decoder.decode(
        Manifest.self,
        from: Data(contentsOf: root.appending(path: Self.manifest))
      ).groups
      let named = groups.flatMap { group in
        group.cases.map { "\(group.name)/\($0.file)" }
      }
      #expect(named.sorted() == files.sorted(), "\(version)")
    }
  }
}

/// What the test looks at in a manifest.
private struct Manifest: Decodable {
  struct Group: Decodable {
    let name: String
    let cases: [File]
  }

  struct File: Decodable {
    let file: String
  }

  let groups: [Group]
}
