import ClaimSchema
import Foundation

/// Writes a ledger's entries as one JSON array on one line.
public enum LedgerFormatter {
  /// The text, with a line break at its end. Times are ISO 8601 in UTC, losses exact decimals.
  public static func json(_ entries: [LedgerEntry]) -> String {
    JSONText.array(entries.map(json)) + "\n"
  }

  private static func json(_ entry: LedgerEntry) -> String {
    let event = entry.event
    var fields: [(String, String)] = [
      ("index", String(entry.index)), ("time", JSONText.string(time(of: entry))),
    ]
    switch event.outcome {
    case .opened: fields.append(("outcome", JSONText.string("opened")))
    case .refused(let reason):
      fields.append(("outcome", JSONText.string("refused")))
      fields.append(("reason", JSONText.string(reason)))
    }
    let tables = event.tables.map { table in
      object([
        ("identifier", JSONText.string(table.identifier.description)),
        ("snapshot", JSONText.string(table.snapshot.hexadecimal)),
        ("records", String(table.recordCount)),
      ])
    }
    fields += [
      ("query", JSONText.string(event.query)),
      ("plan", JSONText.string(event.planDigest.hexadecimal)),
      ("tables", JSONText.array(tables)), ("policy", JSONText.string(event.policy)),
      ("cells", String(event.cellCount)), ("withheld", String(event.withheldCount)),
    ]
    if let budget = event.budget {
      fields += [
        ("spent", ExactDecimal.text(budget.spentMillionths, scale: 6)),
        ("left", ExactDecimal.text(budget.leftMillionths, scale: 6)),
      ]
    }
    return object(fields)
  }

  private static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(JSONText.string($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  /// Such as `2026-03-01T12:00:00Z`.
  package static func time(of entry: LedgerEntry) -> String {
    // Beyond any date that a calendar writes there is nothing to tell.
    let seconds = min(max(entry.time, -60_000_000_000), 250_000_000_000)
    return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}
