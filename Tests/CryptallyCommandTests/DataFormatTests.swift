import Foundation
import Testing

/// Claims files of other formats, prepared columns, and what is reported about them.
@Suite struct DataFormatTests {
  /// The workshop's layout, read from other files.
  static let schema = """
    table: claims
    capacity: 1000
    depth: 1
    minimum_cohort: 11
    null_tokens: ["", "?"]
    prepare: SELECT claims_site AS SITE, sex, days, paid, _line FROM source LEFT JOIN sites USING (no)
    with: [sites]
    columns:
      SITE: { type: category, protect: clear }
      sex: { type: category, protect: encrypted, values: ["1", "2"], sql: "iif(sex = 'm', 1, iif(sex = 'f', 2, NULL))" }
      days: { type: integer, range: [0, 20], protect: encrypted, use: [sum], nullable: false }
      paid: { name: copay, type: money, scale: 2, range: [-5.00, 500.00], protect: paillier }
    """
  static let claims = """
    {"no":1,"sex":"m","days":3,"paid":"$7.50"}
    {"no":2,"sex":"f","days":4,"paid":"(2.25)"}
    {"no":3,"sex":"?","days":5,"paid":null}
    {"no":2,"sex":"f","days":99,"paid":1}
    {"no":2
    """
  static let sites = "no;claims_site\n1;S1\n2;S2\n"

  @Test func encryptsAndReports() throws {
    let bench = try Bench()
    try bench.put(Self.schema.utf8, "other.yaml")
    try bench.put(Self.claims.utf8, "claims.ndjson")
    try bench.put(Self.sites.utf8, "sites.csv")
    let check = try bench.run(
      "schema", "check", "other.yaml", "--csv", "claims.ndjson", "--with", "sites=sites.csv")
    expectFailure(check, 65, mentioning: "2 of 5 records do not fit")
    let reason = "1  column 'days': outside the declared range [0, 20]"
    #expect(check.output.contains(reason), "\(check.output)")
    // Into the table that was made from another file with another way of reading.
    let run = try bench.run(
      "encrypt", "claims.ndjson", "--schema", "other.yaml", "--public-key", "keys/public.key",
      "--table", "claims.cryptally", "--append", "--with", "sites=sites.csv", "--on-bad-record",
      "skip", "--rejects", "rejects.csv")
    #expect(run.status == 0, "\(run.errors)")
    for counts in [
      ["read", "5"], ["stored", "3"], ["rejected", "2"], ["site", "1"], ["sex", "1"],
      ["days", "0"], ["copay", "1"],
    ] {
      #expect(run.output.words.contains(counts), "\(counts): \(run.output)")
    }
    #expect(run.output.contains(reason) && run.output.contains("in USD"))
    #expect(!run.output.contains("7.50"))
    let rejects = String(decoding: try bench.bytes("rejects.csv"), as: UTF8.self)
    #expect(rejects.hasPrefix("reject_line,reject_reason,SITE,sex,days,paid\n"), "\(rejects)")
    #expect(rejects.contains("5,\"no valid JSON") && rejects.contains("4,\"column 'days'"))
    #expect(try bench.query("SELECT count(*), sum(days) FROM claims WHERE site = 'S2'").status == 0)
  }

  @Test func saysWhatIsMissing() throws {
    let bench = try Bench()
    try bench.put(Self.schema.utf8, "other.yaml")
    try bench.put(Self.claims.utf8, "claims.ndjson")
    let check = { (options: [String]) throws in
      try CommandRun.run(
        ["schema", "check", "other.yaml", "--csv", "claims.ndjson"] + options, in: bench.folder)
    }
    expectFailure(try check([]), 65, mentioning: "'sites'", "--with sites=FILE")
    expectFailure(try check(["--with", "sites"]), 64, mentioning: "name=file")
    expectFailure(
      try check(["--with", "sites=a", "--with", "sites=b"]), 64, mentioning: "two files")
    expectFailure(try check(["--with", "sites=none.csv"]), 66, mentioning: "none.csv")
    #expect(try check(["--format", "xlsx"]).status == 64)
  }

  @Test func infersFromOtherFormats() throws {
    let bench = try Bench()
    let rows = (0..<40).map { "{\"day\":\"0\($0 % 9 + 1)JAN2009\",\"paid\":\"$\($0).50\"}" }
    try bench.put(rows.joined(separator: "\n").utf8, "claims.ndjson")
    let run = try bench.run("schema", "infer", "claims.ndjson", "--out", "inferred.yaml")
    #expect(run.status == 0, "\(run.errors)")
    let yaml = String(decoding: try bench.bytes("inferred.yaml"), as: UTF8.self)
    #expect(yaml.contains("format: \"ddMMMyyyy\"") && yaml.contains("type: money"), "\(yaml)")
    let check = try bench.run("schema", "check", "inferred.yaml", "--csv", "claims.ndjson")
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.output.contains("40 records, all fit"))
  }
}
