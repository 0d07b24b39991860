import ClaimSchema

/// Claims files of any format under a schema with columns of every type.
struct ClaimsFileCheck: DecoderCheck {
  static let name = "claims.file"
  static let refusals: [any Error.Type] = [ClaimReadError.self]

  private let schema: Schema

  init() throws { schema = try DecoderFixture.shared.get().schema }

  static let delimited = """
    ID,NOTE,SITE,PROVIDER,AGE,DUE,BORN,SEX,RACE,DRG,ADMITTED,DAYS,PAID,COPAY,UNITS
    a,"x, y",A,12,44,"1.000,50",19640131,1,ä,9,20081224,7,12.50,4.99,9
    b,,B,AB1,-1,"(3,00)",1.2.1971,2,,00T,20090310,0,-100,NULL,0
    c,NA,,,,,04JUL1950,3,1,OTO,,100,"$ 1,000",5,1
    """

  func seeds() -> [[UInt8]] {
    [
      ClaimsFileCheck.delimited,
      "{\"SEX\":1,\"PAID\":1.5,\"UNITS\":1,\"ADMITTED\":\"20081224\"}\n{\"SEX\":\"2\"}\n",
    ].map { Array($0.utf8) }
  }

  func run(_ input: [UInt8]) throws {
    let reader = try ClaimReader(
      SourceOpening.open(
        bytes: input, source: Self.source, rules: schema.reading, wanted: schema.wantedNames),
      schema: schema)
    while let row = try reader.next() {
      switch row {
      case .rejected(let problem, _): _ = "\(problem)"
      case .record(let record):
        for (column, value) in zip(reader.columns, record.cells) {
          try CellCheck.check(value, of: column)
        }
      }
    }
  }
}
