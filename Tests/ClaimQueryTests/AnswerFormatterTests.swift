import ClaimQuery
import Foundation
import Testing

@Suite("Answer formats") struct AnswerFormatterTests {
  private let answer = Answer(
    columns: ["sex", "n", "paid", "mean"],
    rows: [
      [
        .key("1"), .count(123), .amount(minorUnits: 45678, scale: 2),
        .average(sum: 45678, count: 123, scale: 2),
      ],
      [.key("2"), .withheld, .amount(minorUnits: -5, scale: 2), .withheld],
      [.key(nil), .count(0), .null, .null],
    ], minimumCohort: 11)

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
    let answer = Answer(columns: [key], rows: [[.key(key)], [.key("")]], minimumCohort: 1)
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
        [.key("say \"x\""), .count(1)], [.key("two\nlines"), .count(2)], [.key(""), .count(3)],
        [.key(" x"), .count(4)], [.key("é;'"), .count(5)],
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

        withheld: fewer than 11 records contribute, or the difference to another number of
        the row would tell about fewer than 11.

        """)
    let plain = Answer(columns: ["count"], rows: [[.count(28695)]], minimumCohort: 11)
    #expect(
      AnswerFormatter(.table).text(for: plain) == "count\n-----\n28695\n(1 row)\n")
  }

  @Test("a key cannot reach the terminal with control characters") func controlCharacters() {
    let answer = Answer(
      columns: ["k\u{1B}"], rows: [[.key("a\u{1B}[2Jb\nc")]], minimumCohort: 1)
    let text = AnswerFormatter(.table).text(for: answer)
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(text.split(separator: "\n").count == 4)
  }

  @Test(
    "means are exact to 16 digits and 6 decimals, halves away from zero",
    arguments: [
      (0, 5, 0, "0.000000"),
      (0, 5, 8, "0.00000000"),
      (2, 1, 0, "2.000000000000000"),
      (2, 3, 0, "0.6666666666666667"),
      (-2, 3, 0, "-0.6666666666666667"),
      (1, 3, 2, "0.003333333333333333"),
      (27_286_323_000, 28695, 2, "9509.086251960272"),
      (-1, 7, 2, "-0.001428571428571429"),
      (1, 8_388_608, 0, "0.0000001192092895507813"),
      (-1, 8_388_608, 0, "-0.0000001192092895507813"),
      (9_223_372_036_854_775_807, 1, 0, "9223372036854775807.000000"),
      (-9_223_372_036_854_775_808, 1, 2, "-92233720368547758.080000"),
      (9_223_372_036_854_775_807, 7, 4, "131762457669353.940100"),
      (1, 9_223_372_036_854_775_807, 0, "0.0000000000000000001084202172485504"),
      (
        -9_223_372_036_854_775_808, 9_223_372_036_854_775_807, 9, "-0.000000001000000000000000"
      ),
      (999_999_999_999_999_999, 1_000_000_000, 0, "1000000000.0000000"),
      (5, 9_223_372_036_854_775_807, 18, "0.0000000000000000000000000000000000005421010862427522"),
    ] as [(Int64, Int64, Int, String)])
  func means(sum: Int64, count: Int64, scale: Int, expected: String) {
    let answer = Answer(
      columns: ["m"], rows: [[.average(sum: sum, count: count, scale: scale)]], minimumCohort: 1)
    #expect(AnswerFormatter(.csv).text(for: answer) == "m\r\n\(expected)\r\n")
  }

  @Test(
    "amounts have their scale's decimals",
    arguments: [
      (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (-12345, 2, "-123.45"), (7, 0, "7"),
      (1, 4, "0.0001"), (Int64.min, 2, "-92233720368547758.08"),
    ] as [(Int64, Int, String)])
  func amounts(minorUnits: Int64, scale: Int, expected: String) {
    let answer = Answer(
      columns: ["m"], rows: [[.amount(minorUnits: minorUnits, scale: scale)]], minimumCohort: 1)
    #expect(AnswerFormatter(.csv).text(for: answer) == "m\r\n\(expected)\r\n")
  }
}
