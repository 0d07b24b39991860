import ClaimSchema
import Foundation
import Testing

/// Claim lines out of FHIR ExplanationOfBenefit.
@Suite struct FHIRSourceTests {
  static func claim(_ id: String, items: String, more: String = "") -> String {
    #"{"resourceType":"ExplanationOfBenefit","id":"\#(id)","status":"active","#
      + #""payment":{"amount":{"value":10.10,"currency":"USD"}},"item":[\#(items)]\#(more)}"#
  }

  static func item(_ sequence: Int, _ adjudication: [(String, String)]) -> String {
    let parts = adjudication.map { category, value in
      #"{"category":{"coding":[{"code":"\#(category)"}]},"amount":{"value":\#(value)}}"#
    }
    return #"{"sequence":\#(sequence),"adjudication":[\#(parts.joined(separator: ","))]}"#
  }

  /// The named columns of every line.
  static func lines(_ bytes: [UInt8], _ names: [String]) throws -> [[String?]] {
    let source = try SourceReading.open(bytes)
    let places = try names.map { name in try #require(source.headers.firstIndex(of: name)) }
    var rows: [[String?]] = []
    while let row = try source.next() {
      guard case .record(let record) = row else {
        rows.append(["malformed"])
        continue
      }
      rows.append(
        try places.map { try record.cell(at: $0).map { String(decoding: $0, as: UTF8.self) } })
    }
    return rows
  }

  static let names = ["claim_id", "line", "line_submitted", "line_allowed", "claim_paid"]

  @Test func linesRepeatTheirClaim() throws {
    let first = Self.claim(
      "a",
      items: Self.item(1, [("submitted", "5.00"), ("eligible", "4.50")]) + ","
        + Self.item(2, [("submitted", "7")]))
    let second = Self.claim("b", items: "")
    let expected: [[String?]] = [
      ["a", "1", "5.00", "4.50", "10.10"], ["a", "2", "7", nil, "10.10"],
      ["b", nil, nil, nil, "10.10"],
    ]
    let lines = Array("\(first)\n\(second)\n".utf8)
    #expect(try Self.lines(lines, Self.names) == expected)
    let bundle =
      #"{"resourceType":"Bundle","entry":[{"resource":\#(first)},"#
      + #"{"resource":{"resourceType":"Patient","id":"p"}},{"fullUrl":"u","resource":\#(second)}]}"#
    #expect(try Self.lines(Array(bundle.utf8), Self.names) == expected)
    #expect(try Self.lines(gzip(lines), Self.names) == expected)
    let late =
      bundle.replacingOccurrences(of: "{\"resourceType\":\"Bundle\",", with: "{")
      .dropLast() + ",\"resourceType\":\"Bundle\"}"
    #expect(try Self.lines(Array(late.utf8), Self.names) == expected)
  }

  @Test func countsWhatIsNoClaim() throws {
    let text = """
      {"resourceType":"Patient"}
      \(Self.claim("a", items: ""))
      {"resourceType":"Patient"}
      {"resourceType":"a secret"}
      {"id":"x"}
      """
    let source = try SourceReading.open(text, format: .fhir)
    var malformed: [Int] = []
    var records = 0
    while let row = try source.next() {
      switch row {
      case .record: records += 1
      case .malformed(let line, let reason, _):
        #expect(reason == .notAResource)
        malformed.append(line)
      }
    }
    #expect(records == 1 && malformed == [5])
    #expect(source.ignored == ["Patient": 2, "resource of unknown type": 1])
  }

  /// Which of several amounts is meant cannot be guessed.
  @Test func severalValuesAreAProblem() throws {
    let text = Self.claim("a", items: Self.item(1, [("submitted", "5"), ("submitted", "6")]))
    let schema = """
      table: t
      capacity: 10
      %
      columns: { line_submitted: { type: money, protect: clear } }
      """
    func read(_ fhir: String) throws -> ClaimRow? {
      let schema = try Schema.parse(
        yaml: schema.replacingOccurrences(of: "%", with: fhir), source: "s.yaml")
      return try ClaimReader(
        SourceOpening.open(bytes: Array(text.utf8), source: "f", rules: schema.reading),
        schema: schema
      ).next()
    }
    guard case .rejected(let problem, _)? = try read("") else {
      Issue.record("one of two amounts was taken")
      return
    }
    #expect(problem.reason == .cell(header: "line_submitted", .severalValues))
    let own =
      "fhir:\n  line_submitted: item.adjudication.where(category.coding.code = 'submitted')[1]"
      + ".amount.value"
    guard case .record(let record)? = try read(own) else {
      Issue.record("the schema's own path was not taken")
      return
    }
    #expect(record.cells == [.text("6.00")])
  }

  @Test(arguments: [
    "", "a.", ".a", "a b", "a | ", "where(a = 'b')", "a.where(b)", "a.where(b = 'c", "a[x]", "a[1",
    "a.last()", "a.where(b = 'c').", "a'b'",
  ])
  func refusesOtherPaths(path: String) {
    #expect(throws: SchemaError.self) {
      try Schema.parse(
        yaml: "table: t\ncapacity: 1\nfhir: { x: \"\(path)\" }\ncolumns: { a: { protect: drop } }",
        source: "s.yaml")
    }
  }

  @Test func theShippedMappingReads() throws {
    let columns = try FHIRMapping.shipped()
    #expect(columns.count > 60)
    #expect(Set(columns.map(\.name)).count == columns.count)
  }

  /// The development samples beside the repository, where they are.
  static func sample(_ name: String) -> [UInt8]? {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = repository.deletingLastPathComponent()
      .appendingPathComponent("shared/data/fhir/\(name)")
    return (try? Data(contentsOf: file)).map { Array($0) }
  }

  @Test func readsABundle() throws {
    guard let bytes = Self.sample("eobByPatientIdAll-v2.json") else { return }
    let names = [
      "claim_id", "claim_type", "period_start", "diagnosis_principal", "drg", "line",
      "line_submitted", "claim_paid", "claim_submitted", "procedure_2",
    ]
    // Taken from the file with another program.
    #expect(
      try Self.lines(bytes, names) == [
        [
          "1234567890", "institutional", "2011-01-24", "A40", nil, "25", "999.85", "693.11",
          "8888.85", nil,
        ],
        [
          "2188888888", "institutional", "2014-02-03", "B04", nil, "1", "130.45", "777.75", nil,
          nil,
        ],
        [
          "2925555555", "professional", "2015-06-23", "53081", nil, "1", "25.0", "188.0", "199.99",
          nil,
        ],
        [
          "333333222222", "institutional", "2016-01-15", "A40", "695", "1", "84888.88", "7699.48",
          "84999.37", "CD1YYZZ",
        ],
        [
          "777777777", "institutional", "2013-12-01", "3736", "645", "1", "95.0", "3333.33",
          "5555.03", nil,
        ],
        ["89", "pharmacy", "2015-05-12", nil, nil, "1", nil, nil, nil, nil],
        [
          "9991831999", "professional", "1999-10-27", "A02", nil, "6", "75.0", "199.99", nil, nil,
        ],
        [
          "9992223422", "institutional", "2014-01-01", "72761", nil, "1", "2555.0", "130.32",
          "199.99", nil,
        ],
      ])
  }

  @Test func readsAPrettyPrintedClaim() throws {
    guard let bytes = Self.sample("eobReadCarrierWithMultipleLines-v2.json") else { return }
    let names = ["claim_id", "line", "line_service", "line_submitted", "line_allowed", "line_date"]
    let submitted = ["75.0", "75.0", "85.0", "65.0", "55.0", "45.0", "35.0"]
    #expect(
      try Self.lines(bytes, names)
        == submitted.enumerated().map { index, amount in
          ["9991831999", "\(index + 1)", "\(92999 - index)", amount, "47.84", "1999-10-27"]
        })
  }

  /// Claims of other systems are JSON like any other.
  @Test func readsNestedLines() throws {
    guard let bytes = Self.sample("expected-fiss.ndjson") else { return }
    let source = try SourceReading.open(bytes, wanted: ["claim.fissRevenueLines[1].revCd"])
    let places = try ["claim.dcn", "claim.totalChargeAmount", "claim.fissRevenueLines[1].revCd"]
      .map { name in try #require(source.headers.firstIndex(of: name)) }
    guard case .record(let record)? = try source.next() else {
      Issue.record("no record")
      return
    }
    #expect(
      try places.map { try record.cell(at: $0).map { String(decoding: $0, as: UTF8.self) } }
        == ["dcn123", "2195.76", "0001"])
  }
}
