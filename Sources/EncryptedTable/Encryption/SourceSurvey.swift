import ClaimSchema

/// What a first reading of a source found: how many records fit, and the ones that do not.
struct SourceSurvey {
  private(set) var accepted = 0
  private(set) var clusters: ClusterCounts
  private var persons: PersonCounter?
  private(set) var rejected = 0
  private(set) var reasons: [String: Int] = [:]
  private var rejects: [UInt8]

  /// - Parameter header: the source's header row, which is part of the rejects file's.
  init(header: [UInt8], schema: Schema) {
    clusters = ClusterCounts(schema)
    persons = schema.person.map { _ in PersonCounter() }
    rejects = Array("reject_line,reject_reason,".utf8) + header + Array("\n".utf8)
  }

  /// The most records of one person; nil when the schema names no person.
  var largestPersonCount: Int? { persons?.largest }

  /// Counts a record that fits. False when there are more persons than can be counted.
  mutating func accept(_ record: ClaimRecord, person: PersonReading?) -> Bool {
    accepted += 1
    clusters.add(record)
    guard let person else { return true }
    return persons?.add(person.text(of: record)) ?? true
  }

  mutating func reject(_ problem: RecordProblem, raw: [UInt8], keepsRaw: Bool) {
    rejected += 1
    reasons[problem.reasonText, default: 0] += 1
    guard keepsRaw else { return }
    let reason = problem.reasonText.replacing("\"", with: "\"\"")
    rejects += Array("\(problem.line),\"\(reason)\",".utf8)
    rejects += raw
    rejects.append(UInt8(ascii: "\n"))
  }

  /// The rejects file: the line and the reason of each rejected row, then the row as it stands in the
  /// source. The reason comes first, so that a row of the wrong length leaves it in its column.
  mutating func takeRejects() -> [UInt8] {
    let bytes = rejects
    rejects = []
    return bytes
  }
}

extension RecordProblem {
  /// The reason without the place.
  fileprivate var reasonText: String {
    switch reason {
    case .row(let problem): "\(problem)"
    case .cell(let header, let problem): "column '\(header)': \(problem)"
    }
  }
}
