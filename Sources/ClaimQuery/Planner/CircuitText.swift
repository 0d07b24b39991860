import ClaimSchema

/// A total's circuit in words: which ciphertext columns are added, and what is multiplied.
///
/// `diagnosis.1(2)` is the sum of two columns of the second digit of `diagnosis`; `·` is a product of
/// ciphertexts.
struct CircuitText {
  /// The most terms that are written out.
  private static let termLimit = 6

  /// One line for each term.
  static func lines(of total: TotalExpression) -> [String] {
    guard !total.terms.isEmpty else { return ["0: no record can meet the conditions"] }
    var lines = total.terms.prefix(termLimit).map { term -> String in
      let factors = term.factors.map { text(of: $0, isFactor: term.factors.count > 1) }
      let weight = term.weight == 1 ? "" : "\(term.weight) · "
      let mask = term.mask == .everything ? "" : " under a clear mask"
      return weight + factors.joined(separator: " · ") + mask
    }
    if total.terms.count > termLimit {
      lines.append("and \(total.terms.count - termLimit) more terms")
    }
    return lines
  }

  private static func text(of expression: IndicatorExpression, isFactor: Bool) -> String {
    switch expression {
    case .linear(let form): return text(of: form, isFactor: isFactor)
    case .product(let factors):
      let inner = factors.map { text(of: $0, isFactor: true) }.joined(separator: " · ")
      return isFactor ? "(\(inner))" : inner
    case .sum(let terms):
      var parts = terms.prefix(termLimit).map { term in
        let sign = term.weight == 1 ? "" : term.weight == -1 ? "−" : "\(term.weight) · "
        return sign + text(of: term.expression, isFactor: term.weight != 1)
      }
      if terms.count > termLimit { parts.append("…") }
      return "(" + parts.joined(separator: " + ") + ")"
    }
  }

  private static func text(of form: LinearForm, isFactor: Bool) -> String {
    var counts: [(name: String, count: Int)] = []
    for term in form.terms {
      let name = term.column.circuitName
      if let place = counts.firstIndex(where: { $0.name == name }) {
        counts[place].count += 1
      } else {
        counts.append((name, 1))
      }
    }
    let parts = counts.map { $0.count == 1 ? $0.name : "\($0.name)(\($0.count))" }
    let sum = parts.joined(separator: " + ")
    return isFactor && parts.count > 1 ? "(\(sum))" : sum
  }
}

extension LatticeColumn {
  /// The column without the value that its indicator is for.
  fileprivate var circuitName: String {
    switch self {
    case .occupied: "records"
    case .personBucket: "person's bucket"
    case .present(let column): "\(column) present"
    case .indicator(let column, let digit, _): "\(column).\(digit)"
    case .value(let value, let limb): "\(value.text) limb \(limb)"
    case .joint(let columns, _): columns.joined(separator: "×")
    }
  }
}
