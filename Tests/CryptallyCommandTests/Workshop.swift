import Foundation
import Testing

/// A folder in which a custodian, a hospital and a server work, with keys of real parameters and a
/// small table. It is made once by the command itself; tests work in folders of their own.
final class Workshop: Sendable {
  /// Keys of the shared schema that withhold groups of 1 to 10, and a table of 200 records.
  static let shared = Result { try Workshop() }

  let folder: URL
  /// What `keys generate` and `encrypt` printed.
  let generated: CommandRun
  let encrypted: CommandRun

  static let passphrase = "correct horse"
  static let recordCount = 200
  static let schema = """
    table: claims
    capacity: 1000
    depth: 1
    minimum_cohort: 11
    columns:
      ID: { type: text, protect: drop }
      SITE: { type: category, protect: clear }
      SEX: { name: sex, type: category, protect: encrypted, values: ["1", "2"] }
      DAYS: { name: days, type: integer, range: [0, 20], protect: encrypted, use: [sum], nullable: false }
      COPAY: { name: copay, type: money, scale: 2, range: [-5.00, 500.00], protect: paillier }
    """
  static let header = "ID,SITE,SEX,DAYS,COPAY"

  private init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-workshop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func put(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try put(Workshop.schema, "schema.yaml")
    try put(Workshop.csv(rows: Workshop.recordCount), "claims.csv")
    try put(Workshop.passphrase + "\nnot this line\n", "passphrase")
    // The same layout, but only counts are released, and none is withheld.
    try put(
      Workshop.schema.replacing(
        "minimum_cohort: 11", with: "minimum_cohort: 1\naggregates: [count]"),
      "counts.schema.yaml")
    generated = try CommandRun.run(
      [
        "keys", "generate", "--schema", "schema.yaml", "--out", "keys", "--passphrase-file",
        "passphrase",
      ], in: folder)
    _ = try CommandRun.run(
      [
        "keys", "generate", "--schema", "counts.schema.yaml", "--out", "counts", "--no-suppression",
      ], in: folder, environment: ["CRYPTALLY_PASSPHRASE": Workshop.passphrase])
    encrypted = try CommandRun.run(
      [
        "encrypt", "claims.csv", "--schema", "schema.yaml", "--public-key", "keys/public.key",
        "--table", "claims.cryptally",
      ], in: folder)
    self.folder = folder
    Workshop.removeAtExit(folder)
  }

  /// Records of which 90 are of sex 1, 105 of sex 2, 5 of none; 7 are of site S9, the others of S1
  /// and S2.
  static func csv(rows: Int) -> String {
    let lines = (0..<rows).map { index in
      let site = index < 7 ? "S9" : index % 2 == 0 ? "S1" : "S2"
      let sex = index >= 195 ? "" : index < 90 ? "1" : "2"
      return "R\(index),\(site),\(sex),\(index % 21),\(index % 400).\(10 + index % 90)"
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }

  private nonisolated(unsafe) static var toRemove: [URL] = []

  private static func removeAtExit(_ folder: URL) {
    toRemove.append(folder)
    atexit { for folder in Workshop.toRemove { try? FileManager.default.removeItem(at: folder) } }
  }
}

/// A test's own folder with the workshop's files in it, removed when the test is over.
struct Bench: ~Copyable {
  let folder: URL

  init() throws {
    let workshop = try Workshop.shared.get()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-bench-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: workshop.folder, to: folder)
    self.folder = folder
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: path(name))) }

  func put(_ bytes: some Sequence<UInt8>, _ name: String) throws {
    try Data(bytes).write(to: path(name))
  }

  func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> CommandRun {
    try CommandRun.run(arguments, in: folder, environment: environment)
  }

  func encrypt(_ csv: String, into table: String, _ options: String...) throws -> CommandRun {
    try CommandRun.run(
      [
        "encrypt", csv, "--schema", "schema.yaml", "--public-key", "keys/public.key", "--table",
        table,
      ] + options, in: folder)
  }

  func query(
    _ sql: String, _ tables: [String] = ["claims.cryptally"], keys: String = "keys",
    server: String? = nil, out: String = "answer.enc"
  ) throws -> CommandRun {
    try CommandRun.run(
      ["query", sql] + tables.flatMap { ["--table", $0] } + [
        "--evaluation-key", "\(keys)/evaluation.key", "--server-key",
        server ?? "\(keys)/server.key", "--out", out,
      ], in: folder)
  }

  func decrypt(
    _ answer: String = "answer.enc", keys: String = "keys", format: String = "json"
  ) throws -> CommandRun {
    try CommandRun.run(
      ["decrypt", answer, "--secret-key", "\(keys)/secret.key", "--format", format], in: folder,
      environment: ["CRYPTALLY_PASSPHRASE": Workshop.passphrase])
  }

  /// Mode bits of a file.
  func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(name).path)
    return (attributes[.posixPermissions] as? Int ?? 0) & 0o777
  }
}

/// What every failure of the command looks like.
func expectFailure(
  _ run: CommandRun, _ status: Int32, mentioning words: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(run.status == status, "\(run.errors)", sourceLocation: sourceLocation)
  #expect(run.errors.hasPrefix("cryptally: "), "\(run.errors)", sourceLocation: sourceLocation)
  for word in words {
    #expect(
      run.errors.contains(word), "no '\(word)' in: \(run.errors)", sourceLocation: sourceLocation)
  }
}
