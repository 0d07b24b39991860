import Foundation
import Testing
import VectorRunner

/// The package's own vectors, by the runner that the command has too.
@Suite struct ShippedVectorTests {
  private static func folder() throws -> VectorFolder {
    try VectorFolder.shipped(
      seenFrom: URL(filePath: #filePath).deletingLastPathComponent().path)
  }

  private static let files = (try? folder().files) ?? []

  @Test func thereAreVectorsOfEveryKind() throws {
    let found = VectorRun(try Self.folder()).headers().compactMap { $0.header?.kind }
    for kind in VectorCatalog.kinds {
      #expect(found.contains(kind.name), "no vectors of kind \(kind.name)")
    }
    #expect(Set(VectorCatalog.kinds.map { $0.name }).count == VectorCatalog.kinds.count)
  }

  @Test(arguments: files)
  func vectorsPass(_ file: String) async throws {
    let report = await VectorRun(try Self.folder()).run(file)
    #expect(
      report.failures.isEmpty,
      "\(report.failures.prefix(5).map { "\($0.id ?? 0) \($0.name): \($0.reason)" })")
    #expect(report.passed > 0)
  }
}
