import ClaimSchema
import Foundation
import SecureMemory

/// A claim with what each of its cells must become, written down without the package's encoders.
struct TestClaim: Sendable {
  var site: String?
  var year: Int?
  var sex: String?
  /// Year, month and day.
  var admitted: [Int]?
  var diagnosis: String?
  var age: Int64?
  /// In cents, like the other amounts.
  var paid: Int64?
  /// So wide that it takes several limbs.
  var wide: Int64?
  var days: Int64
  var copay: Int64?
  var visits: Int64

  static let schema = """
    table: claims
    capacity: 3000
    depth: 0
    columns:
      SITE: { type: category, protect: clear }
      YEAR: { type: integer, range: [2000, 2020], protect: clear }
      NOTES: { type: text, protect: drop }
      SEX: { type: category, protect: encrypted, values: ["f", "m"] }
      ADMITTED: { type: date, format: yyyyMMdd, protect: encrypted, range: [2009-11-01, 2010-06-30] }
      DX: { name: diagnosis, type: code, protect: encrypted, alphabet: ["AB2", "0-9", "0-3"] }
      AGE: { type: integer, range: [0, 109], protect: encrypted, use: [filter, sum] }
      PAID: { type: money, scale: 2, range: [-500.00, 20000.00], protect: encrypted, use: [filter, sum], bands: [0, 0.01, 5000.00] }
      WIDE: { type: money, scale: 2, range: [-10000000000.00, 10000000000.00], protect: encrypted }
      DAYS: { type: integer, range: [-5, 400], protect: encrypted, nullable: false }
      COPAY: { type: money, scale: 2, range: [-10.00, 500.00], protect: paillier }
      VISITS: { type: integer, range: [0, 60], protect: paillier, nullable: false }
    products: [[wide, days], [wide, wide]]
    indexes: [[sex, paid]]
    """

  static let header = "VISITS,SITE,YEAR,NOTES,SEX,ADMITTED,DX,AGE,PAID,WIDE,DAYS,COPAY"

  /// The row, with `notes` in the column that is dropped.
  func row(notes: String = "") -> String {
    func text(_ value: (some CustomStringConvertible)?) -> String {
      value.map { "\($0)" } ?? ""
    }
    let date = admitted.map { day in
      day.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }
    let amounts = [paid, wide, copay].map { $0.map(TestClaim.amount) ?? "" }
    return [
      "\(visits)", text(site), text(year), notes, text(sex), text(date), text(diagnosis),
      text(age), amounts[0], amounts[1], "\(days)", amounts[2],
    ].joined(separator: ",")
  }

  private static func amount(_ cents: Int64) -> String {
    let digits = String(cents.magnitude)
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return (cents < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
  }

  static func csv(_ claims: [TestClaim], notes: String = "") -> String {
    ([header] + claims.map { $0.row(notes: notes) }).joined(separator: "\n") + "\n"
  }
}

extension TestClaim {
  /// Claims from a seed: a fifth of the cells NULL, ends of ranges, cut points and their neighbours.
  static func random(_ count: Int, seed: UInt8) -> [TestClaim] {
    var random = SeedExpander(seed: [seed], domain: "test claims")
    func below(_ bound: Int) -> Int { Int(random.uniform(below: UInt64(bound))) }
    func maybe<Value>(_ value: Value) -> Value? { below(5) == 0 ? nil : value }
    func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
    return (0..<count).map { _ in
      let month = below(8)
      let code =
        pick(["A", "B", "2"]) + pick((0...9).map { "\($0)" }) + pick((0...3).map { "\($0)" })
      return TestClaim(
        site: maybe(pick(["S1", "S2", "S3"])), year: maybe(2005 + below(4)),
        sex: maybe(pick(["f", "m"])),
        admitted: maybe([month < 2 ? 2009 : 2010, (month + 10) % 12 + 1, 1 + below(28)]),
        diagnosis: maybe(String(code.prefix(1 + below(3)))),
        age: maybe(pick([0, 109, Int64(below(110))])),
        paid: maybe(
          pick([
            -50_000, -1, 0, 1, 499_999, 500_000, 2_000_000, Int64(below(2_050_001)) - 50_000,
          ])),
        wide: maybe(
          pick([
            -1_000_000_000_000, 1_000_000_000_000, -1, 0, 1,
            Int64(below(2_000_000_000)) - 1_000_000,
          ])),
        days: pick([-5, 0, 400, Int64(below(406)) - 5]),
        copay: maybe(pick([-1000, 0, 50_000, Int64(below(51_001)) - 1000])),
        visits: Int64(below(61)))
    }
  }

  /// A column, or a product of two, that is stored as values, in one or several limbs.
  struct Summed: Sendable {
    let stored: SummedValue
    let columns: [String]

    /// As storage keys begin.
    var name: String { columns.joined(separator: "*") }
  }

  static let summed =
    ["age", "paid", "wide", "days"].map { Summed(stored: .column($0), columns: [$0]) }
    + [["days", "wide"], ["wide", "wide"]].map {
      Summed(stored: .product($0[0], $0[1]), columns: $0)
    }

  /// The storage keys of all lattice columns but the values.
  static let digitKeys: [String] =
    ["occupied"] + nullable.map { "\($0)/present" }
    + indicators("sex", [2]) + indicators("admitted", [8, 31])
    + indicators("diagnosis", [4, 11, 5])
    + indicators("age", [11, 10]) + indicators("paid", [4])
    // Two sexes and NULL, by four bands and NULL.
    + (0..<15).map { "sex+paid/joint/\($0)" }

  private static let alphabets = ["2AB", "0123456789", "0123"].map(Array.init)
  private static let nullable = ["sex", "admitted", "diagnosis", "age", "paid", "wide"]

  private static func indicators(_ column: String, _ sizes: [Int]) -> [String] {
    sizes.enumerated().flatMap { digit, size in
      (0..<size).map { "\(column)/digit/\(digit)/\($0)" }
    }
  }

  /// The product of the columns' values; nil where one is NULL.
  func value(of columns: [String]) -> Int128? {
    columns.reduce(1) { product, column in
      guard let product, let value = value(of: column) else { return nil }
      return product * Int128(value)
    }
  }

  private func value(of column: String) -> Int64? {
    switch column {
    case "age": age
    case "paid": paid
    case "wide": wide
    default: days
    }
  }

  /// What the claims' slots hold in one of `digitKeys`.
  static func slots(_ key: String, of claims: [TestClaim]) -> [Int64] {
    let parts = key.split(separator: "/").map(String.init)
    guard parts.count > 1 else { return claims.map { _ in 1 } }
    let place = parts.dropFirst(2).compactMap(Int.init)
    if parts[1] == "joint" {
      return claims.map { claim in
        let (sex, paid) = (claim.digits("sex")?[0] ?? 2, claim.digits("paid")?[0] ?? 4)
        return sex * 5 + paid == place[0] ? 1 : 0
      }
    }
    return claims.map { claim in
      guard let digits = claim.digits(parts[0]) else { return 0 }
      return place.isEmpty || digits[place[0]] == place[1] ? 1 : 0
    }
  }

  /// The digits of a column, none for `wide`; nil for NULL.
  private func digits(_ column: String) -> [Int]? {
    switch column {
    case "sex": return sex.map { [$0 == "f" ? 0 : 1] }
    case "admitted":
      // Months since November 2009.
      return admitted.map { [($0[0] - 2009) * 12 + $0[1] - 11, $0[2] - 1] }
    case "diagnosis":
      return diagnosis.map { code in
        let characters = Array(code)
        return TestClaim.alphabets.indices.map { position in
          guard position < characters.count else { return 0 }
          return (TestClaim.alphabets[position].firstIndex(of: characters[position]) ?? -2) + 1
        }
      }
    case "age": return age.map { [Int($0 / 10), Int($0 % 10)] }
    case "paid": return paid.map { amount in [[0, 1, 500_000].count { $0 <= amount }] }
    default: return wide.map { _ in [] }
    }
  }
}
