import ClaimQuery
import Foundation
import Testing

@Suite("Answer formats") struct AnswerFormatterTests {
  private let answer: Answer

  init() throws {
    answer = Answer(
      columns: ["sex", "n", "paid", "mean"],
      rows: [
        [
          .text("1"), .integer(123), try .decimal("456.78"),
          try .decimal("3.713658536585366"),
        ],
        [.text("2"), .withheld, try .decimal("-0.05"), .withheld],
        [.text(nil), .integer(0), .null, .null],
      ], minimumCohort: 11)
  }

  @Test("JSON on one line, with exact numbers") func json() throws {
    let text = AnswerFormatter(.json).text(for: answer)
    #expect(
      text == """
        {"columns": ["sex", "n", "paid", "mean"], "rows": [["1", 123, 456.78, 3.713658536585366], \
        ["2", null, -0.05, null], [null, 0, null, null]], "withheld": [[1, 1], [1, 3]]}

        """)
    let empty = Answer(columns: ["n"], rows: [], minimumCohort: 11)
    #expect(
      AnswerFormatter(.json).text(for: empty)
        == "{\"columns\": [\"n\"], \"rows\": [], \"withheld\": []}\n")
  }

  @Test("JSON strings survive any reader") func jsonStrings() throws {
    let key = "a\"b\\c/\n\r\t\u{0}\u{1B}\u{7F}\u{85}\u{2028}é\u{1F3E5}e\u{301}"
    let answer = Answer(columns: [key], rows: [[.text(key)], [.text("")]], minimumCohort: 1)
    let text = AnswerFormatter(.json).text(for: answer)
    #expect(text.filter(\.isNewline) == "\n")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let rows = object?["rows"] as? [[String]]
    #expect(rows?.map { $0.map { Array($0.utf8) } } == [[Array(key.utf8)], [[]]])
    #expect(object?["columns"] as? [String] == [key])
  }

  @Test("CSV, with a last column for what is withheld") func csv() {
    #expect(
      AnswerFormatter(.csv).text(for: answer)
        == "sex,n,paid,mean,withheld\r\n1,123,456.78,3.713658536585366,\r\n2,,-0.05,,1 3\r\n"
        + ",0,,,\r\n")
    let keys = Answer(
      columns: ["a,b", "n"],
      rows: [
        [.text("say \"x\""), .integer(1)], [.text("two\nlines"), .integer(2)],
        [.text(""), .integer(3)],
        [.text(" x"), .integer(4)], [.text("é;'"), .integer(5)],
      ], minimumCohort: 1)
    #expect(
      AnswerFormatter(.csv).text(for: keys)
        == "\"a,b\",n\r\n\"say \"\"x\"\"\",1\r\n\"two\nlines\",2\r\n\"\",3\r\n\" x\",4\r\né;',5\r\n"
    )
  }

  @Test("a table for people, with a word on what is withheld") func table() {
    #expect(
      AnswerFormatter(.table).text(for: answer) == """
        sex          n    paid               mean
        ----  --------  ------  -----------------
        1          123  456.78  3.713658536585366
        2     withheld   -0.05           withheld
        NULL         0    NULL               NULL
        (3 rows)

        withheld: fewer than 11 people contribute (records, where the schema names no person), or
        what is shown and known would tell about so few.

        """)
    let plain = Answer(columns: ["count"], rows: [[.integer(28695)]], minimumCohort: 11)
    #expect(
      AnswerFormatter(.table).text(for: plain) == "count\n-----\n28695\n(1 row)\n")
  }

  @Test("a key cannot reach the terminal with control characters") func controlCharacters() {
    let answer = Answer(
      columns: ["k\u{1B}"], rows: [[.text("a\u{1B}[2Jb\nc")]], minimumCohort: 1)
    let text = AnswerFormatter(.table).text(for: answer)
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(text.split(separator: "\n").count == 4)
  }

  @Test(
    "every type is written as PostgreSQL writes it",
    arguments: [
      (.numeric("0.00"), "0.00", "0.00"), (.numeric("-0.05"), "-0.05", "-0.05"),
      (.numeric("-92233720368547758.08"), "-92233720368547758.08", "-92233720368547758.08"),
      (.value(.integer(.min)), "-9223372036854775808", "-9223372036854775808"),
      (.value(.double(0.1)), "0.1", "0.1"), (.value(.double(-1e300)), "-1e+300", "-1e+300"),
      (.value(.boolean(true)), "true", "true"), (.value(.boolean(false)), "false", "false"),
      (.value(.date("2009-01-31")), "2009-01-31", "\"2009-01-31\""),
      (.value(.text("7")), "7", "\"7\""), (.value(.null), "", "null"),
    ] as [(Sample, String, String)])
  func types(sample: Sample, csv: String, json: String) throws {
    let value =
      switch sample {
      case .value(let value): value
      case .numeric(let text): ResultValue.numeric(try Numeric(literal: text))
      }
    let answer = Answer(columns: ["m"], rows: [[.value(value)]], minimumCohort: 1)
    #expect(AnswerFormatter(.csv).text(for: answer) == "m\r\n\(csv)\r\n")
    #expect(
      AnswerFormatter(.json).text(for: answer)
        == "{\"columns\": [\"m\"], \"rows\": [[\(json)]], \"withheld\": []}\n")
  }

  /// A value, or the text of one that is made by reading it.
  enum Sample: Sendable {
    case value(ResultValue)
    case numeric(String)
  }
}
