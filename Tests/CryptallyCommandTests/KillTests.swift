import Foundation
import Testing

/// A run of `encrypt` that is killed and repeated stores every record exactly once.
@Suite struct KillTests {
  private static let rows = 30_000
  private static let kills = 6

  private static let schema = """
    table: visits
    capacity: 40000
    depth: 0
    columns:
      NUMBER: { type: integer, range: [0, 30000], protect: encrypted, use: [sum], nullable: false }
      MIXED: { type: integer, range: [0, 30000], protect: encrypted, use: [sum], nullable: false }
      DAY: { type: date, format: yyyyMMdd, protect: encrypted, range: [2009-01-01, 2010-12-31], nullable: false }
      SITE: { type: category, protect: clear }
    """

  /// A permutation of the record's number, so that two sums and a count tell a record from another.
  private static func mixed(_ number: Int) -> Int { number * number % 29_989 }

  @Test func everyRecordIsThereExactlyOnce() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-kill-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = (0..<KillTests.rows).map {
      "\($0),\(KillTests.mixed($0)),2009\(10 + $0 % 3)\(10 + $0 % 19),S\($0 % 4)"
    }
    let csv = (["NUMBER,MIXED,DAY,SITE"] + lines).joined(separator: "\n") + "\n"
    try Data(csv.utf8).write(to: folder.appendingPathComponent("visits.csv"))
    try Data(KillTests.schema.utf8).write(to: folder.appendingPathComponent("schema.yaml"))
    let passphrase = ["CRYPTALLY_PASSPHRASE": "x"]
    func run(_ arguments: String...) throws -> CommandRun {
      let run = try CommandRun.run(arguments, in: folder, environment: passphrase)
      #expect(run.status == 0, "\(run.errors)")
      return run
    }
    _ = try run(
      "keys", "generate", "--schema", "schema.yaml", "--out", "keys", "--no-suppression")

    let encrypt = [
      "encrypt", "visits.csv", "--schema", "schema.yaml", "--public-key", "keys/public.key",
      "--table", "visits.cryptally",
    ]
    var killed = 0
    var last: CommandRun?
    while killed < KillTests.kills {
      let child = try CommandRun.start(encrypt, in: folder)
      usleep(.random(in: 20_000...450_000))
      child.kill()
      let run = try child.wait()
      if run.status != -SIGKILL {
        last = run
        break
      }
      killed += 1
    }
    let final = try last ?? CommandRun.run(encrypt, in: folder)
    // A kill after the work was done and before the process was over leaves nothing to do.
    let wasDone = killed > 0 && final.errors.contains("already added")
    #expect(final.status == 0 || wasDone, "\(final.errors)")
    #expect(killed > 0)

    _ = try run(
      "query", "SELECT site, count(*), sum(number), sum(mixed) FROM visits GROUP BY site",
      "--table", "visits.cryptally", "--evaluation-key", "keys/evaluation.key", "--server-key",
      "keys/server.key", "--out", "answer.enc")
    let opened = try run(
      "decrypt", "answer.enc", "--secret-key", "keys/secret.key", "--format", "csv")
    let expected = (0..<4).map { site in
      let numbers = stride(from: site, to: KillTests.rows, by: 4)
      let sums = [numbers.reduce(0, +), numbers.reduce(0) { $0 + KillTests.mixed($1) }]
      return "S\(site),\(KillTests.rows / 4),\(sums[0]),\(sums[1])"
    }
    #expect(opened.output.split(separator: "\r\n").dropFirst().map(String.init) == expected)
  }
}
