extension ReadingRules {
  /// The schema's lines, each with its line end; nothing for what is as always.
  var canonicalLines: [String] {
    var lines: [String] = []
    if nullTokens != NullTokens.standard {
      lines.append("null_tokens: [\(nullTokens.map(quoted).joined(separator: ", "))]")
    }
    if let delimiter { lines.append("delimiter: \(delimiter.rawValue)") }
    if !fhirColumns.isEmpty {
      lines.append("fhir:")
      lines += fhirColumns.map { "  \(quoted($0.name)): \(quoted($0.path))" }
    }
    if let preparation {
      lines.append("prepare: \(quoted(preparation.sql))")
      if !preparation.companions.isEmpty {
        lines.append("with: [\(preparation.companions.joined(separator: ", "))]")
      }
    }
    return lines
  }
}

extension ColumnReading {
  /// The column's entries; nothing for what is as always.
  var canonicalParts: [String] {
    var parts: [String] = []
    if !dateFormats.isEmpty {
      let list = dateFormats.map(quoted).joined(separator: ", ")
      parts.append("format: " + (dateFormats.count == 1 ? list : "[\(list)]"))
    }
    if !nullDates.isEmpty {
      parts.append("null_dates: [\(nullDates.map(\.description).joined(separator: ", "))]")
    }
    if let padding { parts.append("pad: \(padding)") }
    if decimalMark != .point { parts.append("decimal: \(quoted(decimalMark.rawValue))") }
    if let expression { parts.append("sql: \(quoted(expression))") }
    return parts
  }
}
