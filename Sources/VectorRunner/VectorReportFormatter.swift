import Foundation

/// How reports are shown.
package enum VectorReportFormat: String, CaseIterable, Sendable {
  case table
  /// The Test Anything Protocol, version 14, one test point for each file and path.
  case tap
  case json
}

/// Reports as text.
package struct VectorReportFormatter: Sendable {
  private let format: VectorReportFormat

  package init(_ format: VectorReportFormat) { self.format = format }

  /// The text, with a line break at its end.
  package func text(for reports: [VectorReport]) throws -> String {
    switch format {
    case .table: table(reports)
    case .tap: tap(reports)
    case .json: try json(reports)
    }
  }

  /// The reports of a text in the format `json`.
  package static func reports(json: Data) throws -> [VectorReport] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([VectorReport].self, from: json)
  }

  /// Failures of a file that the table and TAP show; JSON has them all.
  private static let shownFailures = 5

  private func table(_ reports: [VectorReport]) -> String {
    var lines: [String] = []
    let kinds = reports.filter { $0.count > 0 || !$0.failures.isEmpty }.map(\.kind).uniqued()
    let paths = reports.map(\.path).uniqued()
    let width = (kinds + ["kind"]).map(\.count).max() ?? 0
    let columns = paths.map { max($0.description.count, 7) }
    func row(_ first: String, _ cells: [String]) -> String {
      let name = first.padding(toLength: width, withPad: " ", startingAt: 0)
      return zip(cells, columns).reduce(into: name) { line, cell in
        line += "  " + String(repeating: " ", count: max(0, cell.1 - cell.0.count)) + cell.0
      }
    }
    lines.append(row("kind", paths.map(\.description)))
    for kind in kinds {
      lines.append(
        row(
          kind,
          paths.map { path in
            counts(reports.filter { $0.kind == kind && $0.path == path })
          }))
    }
    lines.append(row("all", paths.map { path in counts(reports.filter { $0.path == path }) }))
    for report in reports where !report.failures.isEmpty {
      lines.append("")
      lines.append("\(report.file), \(report.path):")
      lines += failures(report).map { "  " + $0 }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Such as `120`, or `118/120` where two failed.
  private func counts(_ reports: [VectorReport]) -> String {
    let passed = reports.reduce(0) { $0 + $1.passed }
    let count = reports.reduce(0) { $0 + $1.count }
    return passed == count ? "\(count)" : "\(passed)/\(count)"
  }

  private func failures(_ report: VectorReport) -> [String] {
    let shown = report.failures.prefix(VectorReportFormatter.shownFailures).map { failure in
      "\(failure.id.map { "case \($0), " } ?? "")\(failure.name): \(failure.reason)"
    }
    let more = report.failures.count - shown.count
    return more > 0 ? shown + ["and \(more) more"] : shown
  }

  private func tap(_ reports: [VectorReport]) -> String {
    var lines = ["TAP version 14", "1..\(reports.count)"]
    for (index, report) in reports.enumerated() {
      let name = "\(index + 1) - \(report.file) (\(report.path)): "
      if report.failures.isEmpty {
        let note = report.count == 0 ? "nothing to run # SKIP" : "\(report.count) passed"
        lines.append("ok \(name)\(note)")
      } else {
        lines.append("not ok \(name)\(report.failures.count) of \(report.count) failed")
        lines += failures(report).map { "# " + $0 }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func json(_ reports: [VectorReport]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(reports), as: UTF8.self) + "\n"
  }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of first appearance.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
