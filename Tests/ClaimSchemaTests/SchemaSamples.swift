import ClaimSchema
import Testing

/// Schemas that several tests use.
enum SchemaSamples {
  static let claims = """
    table: claims
    capacity: 200000          # records; bounds every sum
    depth: 3                  # products of up to 2^3 factors, the summed value included
    minimum_cohort: 11
    columns:
      CLM_ID:            { type: text, protect: drop }
      SITE:              { type: category, protect: clear }
      BENE_SEX_IDENT_CD: { name: sex, type: category, protect: encrypted, values: ["1", "2"] }
      CLM_ADMSN_DT:      { name: admitted, type: date, format: yyyyMMdd, protect: encrypted, range: [2007-01-01, 2010-12-31] }
      ICD9_DGNS_CD_1:    { name: diagnosis, type: code, protect: encrypted, length: 5 }
      CLM_UTLZTN_DAY_CNT: { name: days, type: integer, range: [0, 400], protect: encrypted, use: [filter, sum] }
      CLM_PMT_AMT:       { name: paid, type: money, scale: 2, range: [-20000.00, 200000.00], protect: encrypted, use: [filter, sum], bands: [0, 0.01, 5000.00, 15000.01, 25000.01] }
      NCH_BENE_IP_DDCTBL_AMT: { name: deductible, type: money, scale: 2, range: [0, 5000.00], protect: paillier }
    """

  /// The only column of a schema whose column `X` is declared so.
  static func column(_ declaration: String) throws -> Column {
    let schema = try Schema.parse(
      yaml: "table: t\ncapacity: 100\ncolumns:\n  X: { \(declaration) }\n", source: "s.yaml")
    return try #require(schema.columns.first)
  }
}
