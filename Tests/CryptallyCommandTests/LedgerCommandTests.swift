import Foundation
import Testing

/// Every decryption leaves an entry, and nothing opens without it.
@Suite struct LedgerCommandTests {
  private static let sql = "SELECT site, count(*) FROM claims GROUP BY site"

  @Test func decryptEntersAndLedgerShows() throws {
    let bench = try Bench()
    #expect(try bench.query(LedgerCommandTests.sql).status == 0)
    #expect(try bench.decrypt().status == 0)
    #expect(try bench.mode("keys/ledger.log") == 0o600)
    #expect(try bench.mode("keys/ledger.head") == 0o600)
    #expect(try bench.run("keys", "server", "--out", "second.key").status == 0)
    #expect(try bench.query(LedgerCommandTests.sql, server: "second.key").status == 0)
    expectFailure(try bench.decrypt(), 77, mentioning: "not pinned")

    let checked = try bench.run("ledger", "verify", "--public-key", "keys/public.key")
    #expect(checked.status == 0, "\(checked.errors)")
    #expect(checked.output.contains("2 entries, chain and signatures are right"))
    let sealed = try bench.run(
      "ledger", "verify", "--secret-key", "keys/secret.key", "--passphrase-file", "passphrase")
    #expect(sealed.output.contains("2 entries, chain, signatures and head are right"))
    let table = try bench.run("ledger", "show", "--public-key", "keys/public.key").output
    #expect(table.contains("opened") && table.contains("refused: the answer is signed by"))
    let json = try bench.run(
      "ledger", "show", "--format", "json", "--public-key", "keys/public.key"
    ).output
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(entries.map { $0["index"] as? Int } == [0, 1])
    #expect(entries.map { $0["outcome"] as? String } == ["opened", "refused"])
    #expect(entries.first?["cells"] as? Int == 3)
    #expect(entries.first?["withheld"] as? Int == 2)
    expectFailure(try bench.run("ledger", "verify"), 64)
  }

  @Test func aLedgerThatWasRolledBackOpensNothing() throws {
    let bench = try Bench()
    #expect(try bench.query(LedgerCommandTests.sql).status == 0)
    #expect(try bench.decrypt().status == 0)
    let early = try bench.bytes("keys/ledger.log")
    #expect(try bench.decrypt().status == 0)
    let late = try bench.bytes("keys/ledger.log")
    try bench.put(early, "keys/ledger.log")
    let refused = try bench.decrypt()
    expectFailure(refused, 77, mentioning: "keys/ledger.log", "keys/ledger.head", "rolled back")
    #expect(refused.output.isEmpty)
    // The chain alone does not show it.
    #expect(try bench.run("ledger", "verify", "--public-key", "keys/public.key").status == 0)
    try FileManager.default.removeItem(at: bench.path("keys/ledger.log"))
    expectFailure(try bench.decrypt(), 77, mentioning: "no such file", "counts 2")
    var altered = late
    altered[altered.count / 2] ^= 4
    try bench.put(altered, "keys/ledger.log")
    expectFailure(try bench.decrypt(), 77, mentioning: "ledger.log")
    try bench.put(late, "keys/ledger.log")
    #expect(try bench.decrypt().status == 0)

    try FileManager.default.removeItem(at: bench.path("keys/ledger.head"))
    expectFailure(try bench.decrypt(), 77, mentioning: "ledger start")
    func start() throws -> CommandRun {
      try bench.run(
        "ledger", "start", "--secret-key", "keys/secret.key", "--passphrase-file", "passphrase")
    }
    expectFailure(try start(), 73, mentioning: "keys/ledger.log")
    try FileManager.default.removeItem(at: bench.path("keys/ledger.log"))
    #expect(try start().status == 0)
    expectFailure(try start(), 73, mentioning: "keys/ledger.head")
    #expect(try bench.decrypt().status == 0)
  }

  @Test func anAnswerThatCannotBeEnteredIsNotShown() throws {
    let bench = try Bench()
    #expect(try bench.query(LedgerCommandTests.sql).status == 0)
    let run = try bench.run(
      "decrypt", "answer.enc", "--secret-key", "keys/secret.key", "--ledger", "no/ledger.log",
      "--passphrase-file", "passphrase")
    expectFailure(run, 73, mentioning: "no/ledger.log")
    #expect(run.output.isEmpty)
    let elsewhere = try bench.run(
      "decrypt", "answer.enc", "--secret-key", "keys/secret.key", "--ledger", "other.log",
      "--passphrase-file", "passphrase")
    #expect(elsewhere.status == 0, "\(elsewhere.errors)")
    #expect(
      try bench.run(
        "ledger", "verify", "--ledger", "other.log", "--public-key", "keys/public.key"
      ).output.contains("1 entry"))
  }

  @Test func anEntryThatWasNeverFinishedIsDroppedWithANotice() throws {
    let bench = try Bench()
    #expect(try bench.query(LedgerCommandTests.sql).status == 0)
    #expect(try bench.decrypt().status == 0)
    try bench.put(try bench.bytes("keys/ledger.log") + [7, 1, 0, 0, 9], "keys/ledger.log")
    let run = try bench.decrypt()
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("5 bytes at its end are an entry that was never finished"))
    let checked = try bench.run("ledger", "verify", "--public-key", "keys/public.key")
    #expect(checked.output.contains("2 entries"))
    #expect(checked.errors.isEmpty)
  }

  @Test func auditNeedsNoSecret() throws {
    let bench = try Bench()
    #expect(try bench.query(LedgerCommandTests.sql).status == 0)
    try FileManager.default.copyItem(
      at: bench.path("claims.cryptally"), to: bench.path("copy.cryptally"))
    func audit(_ table: String) throws -> CommandRun {
      try bench.run(
        "audit", "answer.enc", "--table", table, "--evaluation-key", "keys/evaluation.key")
    }
    try FileManager.default.removeItem(at: bench.path("keys/secret.key"))
    let same = try audit("copy.cryptally")
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.output.contains("the same"))
    #expect(try bench.encrypt("claims.csv", into: "other.cryptally").status == 0)
    expectFailure(try audit("other.cryptally"), 77, mentioning: "other.cryptally", "not over")
    expectFailure(try audit("none.cryptally"), 66)
  }
}
