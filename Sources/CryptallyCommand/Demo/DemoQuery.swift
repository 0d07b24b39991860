/// The questions of the demonstration, each harder than the one before.
struct DemoQuery {
  let title: String
  let sql: String

  static let all = [
    DemoQuery(
      title: "Claims by site: the server sees the sites, and counts ciphertexts",
      sql: "SELECT site, count(*) FROM claims GROUP BY site"),
    DemoQuery(
      title: "Deductibles by site: Paillier sums under clear filters",
      sql: "SELECT site, sum(deductible), avg(deductible) FROM claims GROUP BY site"),
    DemoQuery(
      title: "Diabetes as the main diagnosis, by site: a hidden prefix, and small groups",
      sql: "SELECT site, count(*), sum(paid) FROM claims WHERE diagnosis LIKE '250%' GROUP BY site"),
    DemoQuery(
      title: "Payments by sex: hidden groups",
      sql: "SELECT sex, count(*), sum(paid), avg(paid) FROM claims GROUP BY sex"),
    DemoQuery(
      title: "Four hidden conditions at once, and a sum over them",
      sql: "SELECT count(*), sum(paid) FROM claims WHERE sex = '1' AND diabetes = '1' "
        + "AND paid BETWEEN 5000.00 AND 15000.00 "
        + "AND admitted BETWEEN '2009-01-01' AND '2009-06-30'"),
  ]
}
