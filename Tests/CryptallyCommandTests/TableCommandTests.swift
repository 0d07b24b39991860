import Foundation
import Testing

/// `cryptally table …` on the workshop's table: 200 records, 7 of site S9, in one chunk.
@Suite struct TableCommandTests {
  @Test func recordsAreDeletedByClearColumns() throws {
    let bench = try Bench()
    let before = try bench.bytes("claims.cryptally")
    let dry = try bench.run(
      "table", "delete", "claims.cryptally", "--where", "site = 'S9'", "--dry-run")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(
      dry.output.split(separator: "\n").map(\.fields) == [
        ["would", "be", "deleted", "7"], ["would", "be", "left", "193"],
      ])
    #expect(try bench.bytes("claims.cryptally") == before)

    let run = try bench.run("table", "delete", "claims.cryptally", "--where", "site = 'S9'")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.words == [["deleted", "7"], ["left", "193"]])
    let again = try bench.run("table", "delete", "claims.cryptally", "--where", "site = 'S9'")
    #expect(again.output.words == [["deleted", "0"], ["left", "193"]])
    let shown = try bench.run("inspect", "claims.cryptally")
    #expect(shown.output.words.contains(["records", "193"]))
    #expect(shown.output.words.contains(["deleted", "7,"]))

    let compacted = try bench.run("table", "compact", "claims.cryptally")
    #expect(compacted.status == 0, "\(compacted.errors)")
    #expect(compacted.output.contains("0 chunks"))
    #expect(compacted.output.contains("7 deleted records"))
    let all = try bench.run("table", "delete", "claims.cryptally", "--where", "TRUE")
    #expect(all.output.words == [["deleted", "193"], ["left", "0"]])
    let emptied = try bench.run("table", "compact", "claims.cryptally")
    #expect(emptied.output.contains("1 chunk") && emptied.output.contains("200 deleted records"))
    #expect(try bench.bytes("claims.cryptally").count < before.count / 4)
    #expect(try bench.run("table", "verify", "claims.cryptally").status == 0)
    #expect(try bench.run("table", "stats", "claims.cryptally").status == 0)
  }

  @Test func conditionsThatCannotBeDecidedAreRefused() throws {
    let bench = try Bench()
    let before = try bench.bytes("claims.cryptally")
    expectFailure(
      try bench.run("table", "delete", "claims.cryptally", "--where", "sex = '1'"), 65,
      mentioning: "sex", "Use clear columns: site", "^")
    expectFailure(
      try bench.run("table", "delete", "claims.cryptally", "--where", "site ="), 65,
      mentioning: "syntax")
    expectFailure(try bench.run("table", "delete", "claims.cryptally"), 64)
    expectFailure(try bench.run("table", "delete", "none.cryptally", "--where", "TRUE"), 66)
    expectFailure(try bench.run("table", "compact", "claims.csv"), 65, mentioning: "claims.csv")
    #expect(try bench.bytes("claims.cryptally") == before)
  }

  @Test func statisticsAreTold() throws {
    let bench = try Bench()
    let run = try bench.run("table", "stats", "claims.cryptally")
    #expect(run.status == 0, "\(run.errors)")
    for words in [
      ["records", "200"], ["deleted", "0,"], ["ingests", "1"], ["chunks", "1"], ["site", "0"],
      ["noise", "products"],
    ] {
      #expect(run.output.words.contains(words), "no \(words) in: \(run.output)")
    }
    #expect(run.output.contains("at most 1 of 64 appends"))
    expectFailure(try bench.run("table", "stats", "keys/public.key"), 65)
  }

  @Test func everyByteIsVerified() throws {
    let bench = try Bench()
    let whole = try bench.run(
      "table", "verify", "claims.cryptally", "--public-key", "keys/public.key")
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(whole.output.words.contains(["defects", "0"]))
    #expect(whole.output.words.contains(["ciphertexts", "5"]))
    #expect(!whole.output.contains("digests only"))
    // Parameters follow from the schema; Paillier's key does not.
    let without = try bench.run("table", "verify", "claims.cryptally")
    #expect(without.status == 0, "\(without.errors)")
    #expect(without.output.contains("digests only: give --public-key to check each"))
    #expect(!without.output.contains("residues"))
    expectFailure(
      try bench.run(
        "table", "verify", "claims.cryptally", "--public-key", "counts/public.key"), 65,
      mentioning: "claims.cryptally")

    // Most of the file is ciphertexts, in pages of 16,384 bytes with a pointer at the beginning of each.
    var bytes = try bench.bytes("claims.cryptally")
    bytes[bytes.count / 2 / 16384 * 16384 + 4321] ^= 4
    try bench.put(bytes, "claims.cryptally")
    expectFailure(
      try bench.run("table", "verify", "claims.cryptally", "--public-key", "keys/public.key"), 65,
      mentioning: "claims.cryptally", "1 defect", "chunk 0, ", "it does not match its digest")
  }

  @Test func theLargestPersonIsTold() throws {
    let bench = try Bench()
    let schema = Workshop.schema.replacing(
      "columns:", with: "person: ID\ncluster_by: [site]\ncolumns:")
    try bench.put(Array(schema.utf8), "persons.yaml")
    let keys = try bench.run(
      "keys", "generate", "--schema", "persons.yaml", "--out", "persons", "--passphrase-file",
      "passphrase")
    #expect(keys.status == 0, "\(keys.errors)")
    // Of R0 there are three records, of all others one.
    let rows = Workshop.csv(rows: 20) + "R0,S1,1,1,1.00\nR0,S2,2,1,1.00\n"
    let named = rows.replacing("\nR", with: "\nthe patient number ")
    try bench.put(Array(named.utf8), "persons.csv")
    let encrypted = try bench.run(
      "encrypt", "persons.csv", "--schema", "persons.yaml", "--public-key", "persons/public.key",
      "--table", "persons.cryptally")
    #expect(encrypted.status == 0, "\(encrypted.errors)")
    #expect(encrypted.output.words.contains(["one", "person"]))
    #expect(encrypted.output.contains("3  "))
    let shown = try bench.run("inspect", "persons.cryptally")
    #expect(shown.output.contains("at most 3 records"), "\(shown.output)")
    // The persons are nowhere in the table.
    let bytes = Data(try bench.bytes("persons.cryptally"))
    #expect(bytes.range(of: Data("the patient".utf8)) == nil)
  }
}

extension Substring {
  fileprivate var fields: [String] { split { $0 == " " }.map(String.init) }
}
