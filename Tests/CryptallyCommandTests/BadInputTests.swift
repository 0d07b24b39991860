import Foundation
import SecureMemory
import Testing
import Wire

/// Bad input gives a clear error and the right exit code, and leaves the table as it was.
@Suite struct BadInputTests {
  /// Lines that do not fit, the place and the problem that are told, and what must not be told.
  static let badLines: [(line: String, place: String, problem: String, value: String)] = [
    ("R1,S1,1,99,1.00", "bad.csv:3: column 'DAYS'", "outside the declared range", "99"),
    ("R1,S1,7,1,1.00", "bad.csv:3: column 'SEX'", "not one of the declared values", "'7'"),
    ("R1,S1,1,1,1.x7", "bad.csv:3: column 'COPAY'", "not an amount", "1.x7"),
    ("R1,S1,1,1", "bad.csv:3", "4 fields", "R1"),
  ]

  @Test(arguments: 0..<badLines.count)
  func stopKeepsNothingAndSaysWhere(index: Int) throws {
    let bench = try Bench()
    let bad = BadInputTests.badLines[index]
    let text = [Workshop.header, "R0,S1,1,1,1.00", bad.line].joined(separator: "\n") + "\n"
    try bench.put(text.utf8, "bad.csv")
    let before = try bench.bytes("claims.cryptally")
    let appended = try bench.encrypt("bad.csv", into: "claims.cryptally", "--append")
    expectFailure(appended, 65, mentioning: bad.place, bad.problem)
    #expect(!appended.errors.contains(bad.value))
    #expect(try bench.bytes("claims.cryptally") == before)
    expectFailure(try bench.encrypt("bad.csv", into: "new.cryptally"), 65)
    #expect(!FileManager.default.fileExists(atPath: bench.path("new.cryptally").path))
    expectFailure(
      try bench.run("schema", "check", "schema.yaml", "--csv", "bad.csv"), 65,
      mentioning: "1 of 2 records")
  }

  @Test func skipKeepsTheRestAndTheRejects() throws {
    let bench = try Bench()
    let lines = [Workshop.header, "R0,S1,1,1,1.00"] + BadInputTests.badLines.map(\.line)
    try bench.put((lines.joined(separator: "\n") + "\n").utf8, "bad.csv")
    let run = try bench.encrypt(
      "bad.csv", into: "claims.cryptally", "--append", "--on-bad-record", "skip", "--rejects",
      "rejects.csv")
    #expect(run.status == 0, "\(run.errors)")
    for counts in [["read", "5"], ["stored", "1"], ["rejected", "4"]] {
      #expect(run.output.words.contains(counts), "\(run.output)")
    }
    let rejects = String(decoding: try bench.bytes("rejects.csv"), as: UTF8.self)
    #expect(rejects.split(separator: "\n").count == 5)
    #expect(rejects.contains(",R1,S1,1,99,1.00\n"))
    #expect(try bench.mode("rejects.csv") == 0o600)
    #expect(try bench.query("SELECT count(*) FROM claims").status == 0)
    #expect(try bench.decrypt().output.contains("[[201]]"))
  }

  @Test func rejectsNeverReplaceAnotherInput() throws {
    let bench = try Bench()
    let before = try bench.bytes("claims.csv")
    expectFailure(
      try bench.encrypt(
        "claims.csv", into: "new.cryptally", "--on-bad-record", "skip", "--rejects",
        "./claims.csv"), 64, mentioning: "same file")
    #expect(try bench.bytes("claims.csv") == before)
  }

  @Test func aWrongHeaderIsTold() throws {
    let bench = try Bench()
    try bench.put("ID,SITE,SEX,DAYS\nR0,S1,1,1\n".utf8, "bad.csv")
    expectFailure(
      try bench.encrypt("bad.csv", into: "new.cryptally"), 65, mentioning: "bad.csv:1", "'COPAY'")
    expectFailure(try bench.encrypt("none.csv", into: "new.cryptally"), 66, mentioning: "none.csv")
  }

  @Test func whatIsTakenOrTooMuchIsRefused() throws {
    let bench = try Bench()
    let before = try bench.bytes("claims.cryptally")
    try bench.put(Workshop.csv(rows: 801).utf8, "large.csv")
    expectFailure(try bench.encrypt("claims.csv", into: "claims.cryptally"), 65)
    expectFailure(try bench.encrypt("large.csv", into: "claims.cryptally"), 73)
    expectFailure(
      try bench.encrypt("claims.csv", into: "claims.cryptally", "--append"), 65,
      mentioning: "--again")
    expectFailure(
      try bench.encrypt("large.csv", into: "claims.cryptally", "--append"), 65,
      mentioning: "capacity of 1000")
    expectFailure(
      try bench.run(
        "encrypt", "claims.csv", "--schema", "schema.yaml", "--public-key", "counts/public.key",
        "--table", "claims.cryptally", "--append", "--again"), 65, mentioning: "public key")
    #expect(try bench.bytes("claims.cryptally") == before)
    #expect(try bench.encrypt("large.csv", into: "large.cryptally").status == 0)
    expectFailure(
      try bench.query("SELECT count(*) FROM claims", ["claims.cryptally", "large.cryptally"]), 65,
      mentioning: "1001 records together")
    let again = try bench.encrypt("claims.csv", into: "claims.cryptally", "--append", "--again")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try bench.query("SELECT count(*) FROM claims").status == 0)
    #expect(try bench.decrypt().output.contains("[[400]]"))
  }

  @Test func aTableIsQueriedOnce() throws {
    let bench = try Bench()
    try bench.put(bench.bytes("claims.cryptally"), "copy.cryptally")
    for other in ["claims.cryptally", "copy.cryptally"] {
      expectFailure(
        try bench.query("SELECT count(*) FROM claims", ["claims.cryptally", other]), 65,
        mentioning: other)
    }
    #expect(!FileManager.default.fileExists(atPath: bench.path("answer.enc").path))
  }

  @Test func queriesThatCannotBeAnswered() throws {
    let bench = try Bench()
    for (sql, words) in [
      ("SELECT count(nope) FROM claims", "nope"), ("SELECT count(*) FROM", "character"),
      ("SELECT count(*) FROM claims WHERE sex = '1' AND days = 3", "days"),
      ("SELECT sum(copay) FROM claims WHERE sex = '1'", "copay"),
    ] {
      expectFailure(try bench.query(sql), 65, mentioning: words)
      expectFailure(try bench.run("explain", sql, "--schema", "schema.yaml"), 65)
    }
    let caret = try bench.query("SELECT count(nope) FROM claims").errors
    #expect(
      caret.hasSuffix(
        "\n  SELECT count(nope) FROM claims\n  \(String(repeating: " ", count: 13))^\n"),
      "\(caret)")
    try bench.put(Workshop.schema.replacing("depth: 1", with: "depth: 0").utf8, "flat.yaml")
    expectFailure(
      try bench.run(
        "explain", "SELECT sum(days) FROM claims WHERE sex = '1'", "--schema", "flat.yaml"), 65,
      mentioning: "multiplies 2 factors", "depth 0")
  }

  @Test(arguments: [
    "keys/public.key", "keys/evaluation.key", "keys/secret.key", "keys/server.key", "answer.enc",
    "claims.cryptally",
  ])
  func cutAndAlteredFiles(name: String) throws {
    let bench = try Bench()
    #expect(try bench.query("SELECT count(*), sum(days) FROM claims").status == 0)
    let bytes = try bench.bytes(name)
    var altered = bytes
    // Ciphertexts fill most of a table; its middle is one of them.
    altered[bytes.count / 2] ^= 4
    for damaged in [Array(bytes.prefix(bytes.count - 5)), altered] {
      try bench.put(damaged, name)
      let run =
        switch name {
        case "keys/public.key": try bench.encrypt("claims.csv", into: "new.cryptally")
        case "keys/secret.key", "answer.enc": try bench.decrypt()
        default:
          try bench.query("SELECT site, sex, count(*), sum(days) FROM claims GROUP BY site, sex")
        }
      expectFailure(run, 65, mentioning: name)
    }
  }

  @Test func keysThatDoNotBelong() throws {
    let bench = try Bench()
    let asked = try bench.query("SELECT count(*) FROM claims", keys: "counts")
    expectFailure(asked, 65, mentioning: "claims.cryptally", "another public key")
    #expect(try bench.query("SELECT count(*) FROM claims").status == 0)
    expectFailure(try bench.decrypt(keys: "counts"), 65, mentioning: "belongs to the public key")
    expectFailure(
      try bench.run("inspect", "claims.csv"), 65, mentioning: "claims.csv", "not a Cryptally file")
    expectFailure(try bench.decrypt("keys/public.key"), 65, mentioning: "'answer' is needed")
    expectFailure(try bench.query("SELECT count(*) FROM claims", ["none"]), 66, mentioning: "none")
  }

  @Test func aKeyReleasesOnlyItsAggregates() throws {
    let bench = try Bench()
    let made = try bench.run(
      "encrypt", "claims.csv", "--schema", "schema.yaml", "--public-key", "counts/public.key",
      "--table", "counts.cryptally")
    #expect(made.status == 0, "\(made.errors)")
    let tables = ["counts.cryptally"]
    #expect(
      try bench.query("SELECT site, count(*) FROM claims GROUP BY site", tables, keys: "counts")
        .status == 0)
    #expect(try bench.decrypt(keys: "counts").output.contains("[\"S9\", 7]"))
    #expect(try bench.query("SELECT sum(days) FROM claims", tables, keys: "counts").status == 0)
    expectFailure(try bench.decrypt(keys: "counts"), 77, mentioning: "does not release sum")
  }

  @Test func anExchangedQueryTextDoesNotOpen() throws {
    let bench = try Bench()
    #expect(try bench.query("SELECT count(*) FROM claims WHERE sex = '1'").status == 0)
    let bytes = try bench.bytes("answer.enc")
    let envelope = try Envelope.open(bytes, expecting: .answer, source: "answer")
    var payload = Array(envelope.payload)
    let constant = Array("'1'".utf8)
    let start = try #require(
      payload.indices.first { payload[$0...].starts(with: constant) })
    payload[start + 1] = UInt8(ascii: "2")
    try bench.put(
      Envelope.seal(
        kind: .answer, version: envelope.version, isTesting: false,
        parameterFingerprint: envelope.parameterFingerprint,
        keyFingerprint: envelope.keyFingerprint, payload: payload), "answer.enc")
    expectFailure(try bench.decrypt(), 77, mentioning: "signature")
    #expect(try bench.run("inspect", "answer.enc").output.contains("NOT VALID"))
  }
}
