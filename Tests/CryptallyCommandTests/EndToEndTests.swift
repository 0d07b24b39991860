import Foundation
import Testing

/// The commands in the order in which people use them.
@Suite struct EndToEndTests {
  @Test func keysAreWrittenWithTheirModesAndTold() throws {
    let generated = try Workshop.shared.get().generated
    let bench = try Bench()
    #expect(generated.status == 0, "\(generated.errors)")
    #expect(generated.output.contains("ring degree "))
    #expect(generated.output.contains("minimum cohort 11"))
    #expect(try bench.mode("keys/secret.key") == 0o600)
    #expect(try bench.mode("keys/server.key") == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.path("keys").path)
    #expect(
      names.sorted() == ["evaluation.key", "ledger.head", "public.key", "secret.key", "server.key"])
  }

  @Test func encryptTellsTheFingerprintAndTheCounts() throws {
    let workshop = try Workshop.shared.get()
    let fingerprint = try #require(workshop.generated.output.firstHexadecimal)
    #expect(workshop.encrypted.status == 0, "\(workshop.encrypted.errors)")
    #expect(workshop.encrypted.output.firstHexadecimal == fingerprint)
    #expect(workshop.encrypted.output.words.contains(["stored", "200"]))
    #expect(workshop.encrypted.errors.isEmpty)
    let bench = try Bench()
    let expected = try bench.encrypt(
      "claims.csv", into: "other.cryptally", "--expect-fingerprint", fingerprint)
    #expect(expected.status == 0, "\(expected.errors)")
    expectFailure(
      try bench.encrypt(
        "claims.csv", into: "third.cryptally", "--expect-fingerprint",
        String(repeating: "0", count: 64)), 65, mentioning: fingerprint)
  }

  @Test func answersOpenAsJSONCSVAndTable() throws {
    let bench = try Bench()
    let asked = try bench.query(
      "SELECT sex, count(*) AS n, sum(days) AS d FROM claims GROUP BY sex")
    #expect(asked.status == 0, "\(asked.errors)")
    let days = { (range: Range<Int>) in range.reduce(0) { $0 + $1 % 21 } }
    // Five records without a sex are withheld, and sex 1, from which they would follow by subtraction.
    #expect(
      try bench.decrypt().output == """
        {"columns": ["sex", "n", "d"], "rows": [["1", null, null], \
        ["2", 105, \(days(90..<195))], [null, null, null]], \
        "withheld": [[0, 1], [0, 2], [2, 1], [2, 2]]}\n
        """)
    #expect(
      try bench.decrypt(format: "csv").output
        == """
        sex,n,d,withheld\r\n1,,,1 2\r\n2,105,\(days(90..<195)),\r\n,,,1 2\r\n
        """.replacing("\r\n\n", with: "\r\n"))
    let table = try bench.decrypt(format: "table").output
    #expect(table.contains("withheld: fewer than 11 people"))
  }

  @Test func paillierSumsAndTwoTablesTogether() throws {
    let bench = try Bench()
    #expect(try bench.encrypt("claims.csv", into: "second.cryptally").status == 0)
    let asked = try bench.query(
      "SELECT site, sum(copay), avg(copay) FROM claims GROUP BY site",
      ["claims.cryptally", "second.cryptally"])
    #expect(asked.status == 0, "\(asked.errors)")
    let opened = try bench.decrypt().output
    // Twice the seven records of S9 are above the minimum cohort.
    let cents = (0..<7).reduce(0) { $0 + $1 * 100 + 10 + $1 } * 2
    #expect(opened.contains("\"S9\", \(cents / 100).\(cents % 100), "))
    #expect(opened.hasSuffix("\"withheld\": []}\n"))
  }

  @Test func anAnswerIsReplacedAndNothingElse() throws {
    let bench = try Bench()
    #expect(try bench.query("SELECT count(*) FROM claims").status == 0)
    #expect(try bench.query("SELECT count(*), sum(days) FROM claims").status == 0)
    #expect(try bench.decrypt().output.contains("[[200, "))
    let before = try bench.bytes("keys/secret.key")
    expectFailure(
      try bench.query("SELECT count(*) FROM claims", out: "keys/secret.key"), 73,
      mentioning: "keys/secret.key")
    #expect(try bench.bytes("keys/secret.key") == before)
  }

  @Test func explainReadsTableOrSchema() throws {
    let bench = try Bench()
    let sql = "SELECT sum(days) FROM claims WHERE sex = '1'"
    let withTable = try bench.run("explain", sql, "--table", "claims.cryptally")
    #expect(withTable.status == 0, "\(withTable.errors)")
    #expect(withTable.output.contains("200 records in 1 chunk"))
    #expect(withTable.output.contains("Who learns what"))
    let withSchema = try bench.run("explain", sql, "--schema", "schema.yaml")
    #expect(withSchema.status == 0, "\(withSchema.errors)")
    #expect(withSchema.output.contains("depth 1 of 1"))
    expectFailure(try bench.run("explain", sql), 64)
  }

  @Test func inspectTellsEveryFileAndNoSecret() throws {
    let bench = try Bench()
    #expect(try bench.query("SELECT count(*) FROM claims WHERE sex = '1'").status == 0)
    for (file, words) in [
      ("keys/public.key", "public key, format"), ("keys/evaluation.key", "evaluation key, format"),
      ("keys/server.key", "server key, format"), ("keys/secret.key", "sealed: pass"),
      ("claims.cryptally", "200 of a capacity of 1,000"), ("answer.enc", "WHERE sex = '1'"),
    ] {
      let run = try bench.run("inspect", file)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains(words), "\(run.output)")
    }
    let opened = try bench.run(
      "inspect", "counts/secret.key",
      environment: ["CRYPTALLY_PASSPHRASE": Workshop.passphrase])
    #expect(opened.output.contains("WITHHOLDS NOTHING"))
    #expect(opened.output.words.contains(["releases", "count"]))
    let seed = try bench.bytes("keys/server.key").dropLast(32).suffix(32)
    let shown = try bench.run("inspect", "keys/server.key").output
    #expect(!shown.contains(seed.map { String(format: "%02x", $0) }.joined()))
  }

  @Test func aProposedSchemaAdmitsItsFile() throws {
    let bench = try Bench()
    let inferred = try bench.run("schema", "infer", "claims.csv", "--out", "proposed.yaml")
    #expect(inferred.status == 0, "\(inferred.errors)")
    let shown = try bench.run("schema", "infer", "claims.csv")
    #expect(Array(shown.output.utf8) == (try bench.bytes("proposed.yaml")))
    expectFailure(try bench.run("schema", "infer", "claims.csv", "--out", "proposed.yaml"), 73)
    let checked = try bench.run("schema", "check", "schema.yaml", "--csv", "claims.csv")
    #expect(checked.status == 0, "\(checked.errors)")
    #expect(checked.output.contains("200 records, all fit"))
    #expect(checked.output.contains("5 ciphertext columns"))
  }

  @Test func anotherServerIsPinned() throws {
    let bench = try Bench()
    let made = try bench.run("keys", "server", "--out", "second.key")
    #expect(made.status == 0)
    #expect(try bench.mode("second.key") == 0o600)
    let verifyingKey = try #require(made.output.firstHexadecimal)
    #expect(try bench.query("SELECT count(*) FROM claims", server: "second.key").status == 0)
    expectFailure(try bench.decrypt(), 77, mentioning: "not pinned")
    let pinned = try bench.run(
      "keys", "pin", "--secret-key", "keys/secret.key", "--verifying-key", verifyingKey,
      "--passphrase-file", "passphrase")
    #expect(pinned.status == 0, "\(pinned.errors)")
    #expect(try bench.mode("keys/secret.key") == 0o600)
    #expect(try bench.decrypt().output.contains("[[200]]"))
    expectFailure(
      try bench.run(
        "keys", "pin", "--secret-key", "keys/secret.key", "--server-key", "second.key",
        "--passphrase-file", "passphrase"), 65, mentioning: "pinned already")
  }
}

extension String {
  /// The first word of 64 hexadecimal digits.
  var firstHexadecimal: String? {
    split(whereSeparator: \.isWhitespace).map(String.init)
      .first { $0.count == 64 && $0.allSatisfy(\.isHexDigit) }
  }

  /// The first two words of every line.
  var words: [[String]] {
    split(separator: "\n").map { $0.split(separator: " ").prefix(2).map(String.init) }
  }
}
