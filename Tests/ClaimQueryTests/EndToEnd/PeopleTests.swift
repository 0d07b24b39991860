import ClaimQuery
import ClaimSchema
import Testing

/// Cohorts counted in people, from the claims file to the answer.
@Suite struct PeopleTests {
  private static func schema(_ head: String) -> String {
    """
    table: claims
    capacity: 1000
    depth: 1
    person: PATIENT
    \(head)columns:
      SITE: { type: category, protect: clear }
      PAID: { type: integer, range: [0, 1000], protect: encrypted, nullable: false }
    """
  }

  /// A: 30 records of 10 people; B: 31 records of 11; C: 12 records of 12.
  private static var claims: String {
    var lines = ["PATIENT,SITE,PAID"]
    for record in 0..<30 { lines.append("a\(record / 3),A,1") }
    for record in 0..<31 { lines.append("b\(record / 3),B,1") }
    for record in 0..<12 { lines.append("c\(record),C,1") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func shown(_ head: String, _ settings: DisclosureSettings) async throws -> [String] {
    let hospital = try TestHospital(schema: PeopleTests.schema(head), degree: 1024)
    try await hospital.encrypt(csv: PeopleTests.claims, table: "claims")
    let sql = "SELECT site, count(*), sum(paid) FROM claims GROUP BY site"
    let answer = try await hospital.open(hospital.answerBytes(sql), under: settings)
    return answer.rows.map { row in row.map { $0.text ?? "-" }.joined(separator: " ") }
  }

  /// One person has at most 3 records, so 11 people have 31.
  @Test func recordsCountAsTheFewestPeople() async throws {
    let settings = DisclosureSettings(minimumCohort: 11, protectsComplement: false)
    #expect(try await shown("", settings) == ["A - -", "B 31 31", "C - -"])
    let waived = DisclosureSettings(minimumCohort: 1)
    #expect(try await shown("", waived) == ["A 30 30", "B 31 31", "C 12 12"])
  }

  /// Buckets tell people apart that the number of records does not.
  @Test func bucketsTellPeopleApart() async throws {
    let settings = DisclosureSettings(minimumCohort: 6, protectsComplement: false)
    // By records C would need 16.
    #expect(try await shown("", settings) == ["A 30 30", "B 31 31", "C - -"])
    #expect(
      try await shown("person_buckets: 64\n", settings) == ["A 30 30", "B 31 31", "C 12 12"])
  }
}
