/// What one set of golden files is made of.
struct GoldenSet: Sendable {
  let name: String
  /// The ring degree of parameters for tests; nil for real keys.
  let testDegree: Int?
  let schema: String
  /// Claims files, each added to the table in turn.
  let sources: [String]
  /// A condition over clear columns: such records are deleted at the end.
  let deletes: String?
  let queries: [String]
  /// Whether Paillier keys and a ciphertext in files of their own are added.
  let hasPaillierFiles: Bool

  static let passphrase = "a golden passphrase"

  static let all = [paillier, lattice, everything]

  /// Real keys of one scheme.
  private static let paillier = GoldenSet(
    name: "paillier", testDegree: nil,
    schema: """
      table: claims
      capacity: 1000
      minimum_cohort: 3
      columns:
        STATE: { name: state, type: category, protect: clear }
        PAID: { name: paid, type: money, range: [-500.00, 9999.99], protect: paillier }

      """,
    sources: [claims(24, from: 0), claims(8, from: 24)], deletes: nil,
    queries: [
      "SELECT state, count(*), sum(paid) FROM claims GROUP BY state",
      "SELECT avg(paid) FROM claims WHERE state <> 'BY'",
    ], hasPaillierFiles: true)

  /// Real keys of the other scheme, in the smallest ring that there is for it.
  private static let lattice = GoldenSet(
    name: "lattice", testDegree: nil,
    schema: """
      table: visits
      capacity: 100
      depth: 0
      minimum_cohort: 3
      columns:
        DAYS: { name: days, type: integer, range: [0, 3], protect: encrypted, use: [sum], nullable: false }

      """,
    sources: ["DAYS\n" + (0..<40).map { "\($0 * 7 % 4)\n" }.joined()], deletes: nil,
    queries: ["SELECT count(*), sum(days) FROM visits"], hasPaillierFiles: false)

  /// Both schemes with all that a table can have, under keys for tests.
  private static let everything = GoldenSet(
    name: "everything", testDegree: 32,
    schema: """
      table: claims
      capacity: 500
      depth: 2
      minimum_cohort: 2
      person: PERSON
      person_buckets: 4
      cluster_by: [state]
      columns:
        PERSON: { protect: drop }
        STATE: { name: state, type: category, protect: clear }
        YEAR: { name: year, type: integer, protect: clear }
        SEX: { name: sex, type: category, protect: encrypted, values: ["1", "2"] }
        DAYS: { name: days, type: integer, range: [0, 30], protect: encrypted, use: [sum] }
        PAID: { name: paid, type: money, range: [-500.00, 9999.99], protect: paillier }

      """,
    sources: [claims(40, from: 0), claims(20, from: 40)], deletes: "year = 2021",
    queries: [
      "SELECT sex, count(*), sum(days) FROM claims GROUP BY sex",
      "SELECT state, sum(paid), count(paid) FROM claims WHERE year >= 2022 GROUP BY state",
    ], hasPaillierFiles: false)

  /// Claims that follow from their numbers.
  private static func claims(_ count: Int, from start: Int) -> String {
    let states = ["BY", "NW", "SN"]
    return "PERSON,STATE,YEAR,SEX,DAYS,PAID\n"
      + (start..<(start + count)).map { row in
        let days = row % 9 == 4 ? "" : "\(row * 11 % 31)"
        let paid = row % 7 == 3 ? "" : "\(row * 137 % 9000 - 200).\(10 + row % 90)"
        return "p\(row % 25),\(states[row % 3]),\(2020 + row % 5),\(1 + row % 2),\(days),\(paid)\n"
      }.joined()
  }
}
