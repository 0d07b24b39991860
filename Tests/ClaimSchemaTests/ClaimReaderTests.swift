import ClaimSchema
import Foundation
import Testing

@Suite struct ClaimReaderTests {
  static let schema = """
    table: t
    capacity: 10
    columns:
      ID: { protect: drop }
      SEX: { type: category, values: ["1", "2"], protect: encrypted }
      PAID: { type: money, range: [0, 100.00], protect: encrypted }
    """

  static func reader(_ text: String) throws -> ClaimReader {
    try ClaimReader(
      CSVReader(bytes: Array(text.utf8), source: "t.csv"),
      schema: Schema.parse(yaml: schema, source: "s.yaml"))
  }

  @Test func readsKeptColumnsInSchemaOrder() throws {
    let reader = try Self.reader(" PAID ,other,SEX\r\n1.5,x,2\r\n,y,1\r\n")
    #expect(reader.columns.map(\.name) == ["sex", "paid"])
    #expect(
      String(decoding: reader.rejects.header, as: UTF8.self)
        == "reject_line,reject_reason, PAID ,other,SEX\n")
    guard case .record(let first)? = try reader.next(),
      case .record(let second)? = try reader.next()
    else {
      Issue.record("two records expected")
      return
    }
    #expect(first == ClaimRecord(line: 2, cells: [.category(1), .number(150)]))
    #expect(second == ClaimRecord(line: 3, cells: [.category(0), .null]))
    let end = try reader.next()
    if end != nil { Issue.record("a third row") }
  }

  @Test func rejectsRowsWithoutTellingTheirValues() throws {
    let reader = try Self.reader("SEX,PAID\n1,777.77\n1\nsecret,2\n2,3\n")
    var messages: [String] = []
    var raws: [String] = []
    var records = 0
    while let row = try reader.next() {
      switch row {
      case .record: records += 1
      case .rejected(let problem, let raw):
        messages.append(problem.description)
        raws.append(String(decoding: raw, as: UTF8.self))
      }
    }
    #expect(records == 1)
    #expect(
      messages == [
        "t.csv:2: column 'PAID': outside the declared range [0.00, 100.00]",
        "t.csv:3: 1 fields where the header has 2",
        "t.csv:4: column 'SEX': not one of the declared values",
      ])
    #expect(raws == ["1,777.77", "1", "secret,2"])
  }

  @Test func checksTheHeader() throws {
    #expect(throws: ClaimReadError.empty(source: "t.csv")) { try Self.reader("") }
    #expect(throws: ClaimReadError.missingColumns(source: "t.csv", headers: ["SEX"])) {
      try Self.reader("sex;PAID\n")
    }
    #expect(throws: ClaimReadError.repeatedColumn(source: "t.csv", header: "SEX")) {
      try Self.reader("SEX,PAID,SEX\n")
    }
    #expect(
      throws: ClaimReadError.malformedHeader(source: "t.csv", problem: .strayQuote(field: 1))
    ) { try Self.reader("S\"X,PAID\n") }
  }

  /// The development data beside the repository, where it is.
  static var developmentData: String? {
    let file = URL(fileURLWithPath: #filePath)
    let repository = file.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = repository.deletingLastPathComponent()
      .appendingPathComponent("shared/data/claims-dev.csv").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  @Test func readsTheDevelopmentData() throws {
    guard let path = Self.developmentData else { return }
    let schema = try Schema.parse(yaml: SchemaSamples.claims, source: "claims.yaml")
    let reader = try ClaimReader(path: path, schema: schema)
    let layouts = reader.columns.map(\.digitLayout)
    let paid = try #require(reader.columns.firstIndex { $0.name == "paid" })
    var records = 0
    var cents: Int64 = 0
    while let row = try reader.next() {
      guard case .record(let record) = row else {
        Issue.record("rejected: \(row)")
        return
      }
      records += 1
      if case .number(let amount) = record.cells[paid] { cents += amount }
      for (layout, cell) in zip(layouts, record.cells) where cell != .null {
        if let layout { #expect(layout.digits(of: cell) != nil) }
      }
    }
    #expect(records == 28_695)
    #expect(cents == 27_286_323_000)
  }

  @Test func infersASchemaThatAdmitsTheDevelopmentData() throws {
    guard let path = Self.developmentData else { return }
    let yaml = try SchemaInference.propose(file: path)
    let schema = try Schema.parse(yaml: yaml, source: "inferred.yaml")
    let reader = try ClaimReader(path: path, schema: schema)
    var records = 0
    while let row = try reader.next() {
      guard case .record = row else {
        Issue.record("rejected: \(row)")
        return
      }
      records += 1
    }
    #expect(records == 28_695)
    #expect(reader.columns.count > 40)
  }
}
