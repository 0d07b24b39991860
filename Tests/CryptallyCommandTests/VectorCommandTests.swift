import Foundation
import Testing
import VectorRunner

/// `cryptally vectors`.
@Suite struct VectorCommandTests {
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func runsOnceForEachKernelPath() throws {
    let run = try CommandRun.run(
      ["vectors", "run", "--filter", "memory.digest", "--format", "json"], in: Self.checkout)
    #expect(run.status == 0, "\(run.errors)")
    let reports = try VectorReportFormatter.reports(json: Data(run.output.utf8))
    let digests = reports.filter { $0.kind == "memory.digest" }
    #expect(digests.count == Set(digests.map(\.path)).count)
    #expect(digests.contains { $0.path.lattice == "scalar" && $0.path.integers == "scalar" })
    #expect(digests.allSatisfy { $0.count == $0.passed && $0.count > 10 })
    #expect(reports.allSatisfy { $0.count == 0 || $0.kind == "memory.digest" })
  }

  @Test func listsTheShippedVectorsFromAFolderBelow() throws {
    let run = try CommandRun.run(
      ["vectors", "list"], in: Self.checkout.appending(path: "Sources/VectorRunner"))
    #expect(run.status == 0)
    #expect(run.output.contains("memory/digest.json"))
    #expect(!run.output.contains("not a file of vectors"))
  }

  @Test func aFailureEndsWithCodeOneAndShowsTheFirstDifference() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let shipped = Self.checkout.appending(path: "Vectors/memory/seed.json")
    let text = try String(contentsOf: shipped, encoding: .utf8)
    let first = try #require(text.range(of: "\"bytes\": [\""))
    let digit = text[first.upperBound]
    let changed = text.replacingCharacters(
      in: first.upperBound...first.upperBound, with: digit == "0" ? "1" : "0")
    try Data(changed.utf8).write(to: folder.appending(path: "seed.json"))
    let run = try CommandRun.run(["vectors", "run", folder.path], in: folder)
    #expect(run.status == 1)
    #expect(run.output.contains("case 1, "))
    #expect(run.output.contains("bytes[0]: expected"))
    let tap = try CommandRun.run(["vectors", "run", folder.path, "--format", "tap"], in: folder)
    #expect(tap.status == 1)
    #expect(tap.output.contains("not ok 1 - seed.json"))
  }

  @Test func elsewhereTheFolderHasToBeNamed() throws {
    let elsewhere = FileManager.default.temporaryDirectory
    let run = try CommandRun.run(["vectors", "run"], in: elsewhere)
    #expect(run.status == 66)
    #expect(run.errors.contains("run this in a checkout"))
    let nothing = try CommandRun.run(
      ["vectors", "run", "--filter", "no such vectors"], in: Self.checkout)
    #expect(nothing.status == 64)
  }
}
