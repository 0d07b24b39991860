import SecureMemory

extension Schema {
  /// The schema as a schema file with every default written out. Two schemas are equal exactly when
  /// their canonical texts are, and `parse` reads the text back to an equal schema.
  public var canonicalText: String {
    headText + clusterText + personText(named: person?.column)
      + reading.canonicalLines.map { $0 + "\n" }.joined()
      + "columns:\n" + columns.map { "  \($0.canonicalText)\n" }.joined() + combinations
  }

  /// The schema without what says how claims files are read, headers and dropped columns among it:
  /// what is stored in tables. It reads back to a schema of the same fingerprint.
  package var storedText: String {
    headText + clusterText + storedPersonText + storedColumns + combinations
  }

  /// The digest of what decides how tables are encrypted: everything but the disclosure settings, the
  /// order of records and how claims files are read.
  public var fingerprint: Digest {
    let text =
      "table: \(table)\ncapacity: \(capacity)\ndepth: \(depth)\n\(storedPersonText)\(storedColumns)"
      + combinations
    return Digest.of(Array(text.utf8), domain: "Cryptally schema")
  }

  private var headText: String {
    """
    table: \(table)
    capacity: \(capacity)
    depth: \(depth)
    \(disclosure.canonicalText)
    """
  }

  private var clusterText: String {
    clusterBy.isEmpty ? "" : "cluster_by: [\(clusterBy.joined(separator: ", "))]\n"
  }

  private func personText(named name: String?) -> String {
    guard let person, let name else { return "" }
    return "person: \(quoted(name))\n"
      + (person.buckets.map { "person_buckets: \($0)\n" } ?? "")
  }

  /// Which header names the person is a matter of the file.
  private var storedPersonText: String { personText(named: person.map { _ in "person" }) }

  private var storedColumns: String {
    let kept = columns.filter { $0.protection != .drop }
    return "columns:\n"
      + kept.map { "  \($0.name): { \($0.storedParts.joined(separator: ", ")) }\n" }.joined()
  }

  private var combinations: String {
    lists("products", products.map(\.factors)) + lists("indexes", indexes.map(\.columns))
  }
}

/// A key with a list of lists; nothing when there is none.
private func lists(_ key: String, _ lists: [[String]]) -> String {
  guard !lists.isEmpty else { return "" }
  return "\(key): [\(lists.map { "[\($0.joined(separator: ", "))]" }.joined(separator: ", "))]\n"
}

extension Column {
  /// One line of the canonical schema.
  fileprivate var canonicalText: String {
    let header = quoted(sourceName)
    guard protection != .drop else { return "\(header): { protect: drop }" }
    let parts = ["name: \(name)"] + storedParts + reading.canonicalParts
    return "\(header): { \(parts.joined(separator: ", ")) }"
  }

  /// What decides how the column is stored.
  fileprivate var storedParts: [String] {
    var parts = type.canonicalParts(isClear: protection == .clear)
    parts.append("protect: \(protection.rawValue)")
    if protection == .encrypted {
      parts.append("use: [\(names(ColumnUse.allCases.filter(uses.contains)))]")
    }
    parts.append("nullable: \(isNullable)")
    return parts
  }
}

extension ColumnType {
  /// Only clear columns may leave out a range, which is then the widest.
  fileprivate func canonicalParts(isClear: Bool) -> [String] {
    switch self {
    case .text: return ["type: text"]
    case .category(let values):
      let list = values.map { ["values: [\($0.map(quoted).joined(separator: ", "))]"] }
      return ["type: category"] + (list ?? [])
    case .code(let alphabets):
      let texts = alphabets.map { quoted(alphabetText($0)) }
      let isUniform = Set(texts).count == 1
      let alphabet = isUniform ? texts[0] : "[\(texts.joined(separator: ", "))]"
      return ["type: code", "length: \(alphabets.count)", "alphabet: \(alphabet)"]
    case .date(let range):
      let ends =
        isClear && range == .everyDay ? [] : ["range: [\(range.lowerBound), \(range.upperBound)]"]
      return ["type: date"] + ends
    case .integer(let range, let bands):
      return ["type: integer"] + numberParts(range, bands, scale: 0, isClear: isClear)
    case .money(let scale, let range, let bands):
      return ["type: money", "scale: \(scale)"]
        + numberParts(range, bands, scale: scale, isClear: isClear)
    }
  }

  private func numberParts(
    _ range: ClosedRange<Int64>, _ bands: [Int64]?, scale: Int, isClear: Bool
  ) -> [String] {
    let list = { (numbers: [Int64]) -> String in
      numbers.map { ExactDecimal.text($0, scale: scale) }.joined(separator: ", ")
    }
    var parts: [String] = []
    if !isClear || range != ColumnType.everyNumber {
      parts.append("range: [\(list([range.lowerBound, range.upperBound]))]")
    }
    if let bands { parts.append("bands: [\(list(bands))]") }
    return parts
  }

  /// An alphabet in the schema's form: runs of three and more as ranges, a hyphen first.
  private func alphabetText(_ characters: [Character]) -> String {
    let bytes = characters.compactMap(\.asciiValue)
    let hyphen = UInt8(ascii: "-")
    var runs: [ClosedRange<UInt8>] = []
    for byte in bytes where byte != hyphen {
      if let last = runs.last, last.upperBound + 1 == byte {
        runs[runs.count - 1] = last.lowerBound...byte
      } else {
        runs.append(byte...byte)
      }
    }
    let text = { (byte: UInt8) in String(Unicode.Scalar(byte)) }
    let parts = runs.map { run in
      run.count >= 3
        ? text(run.lowerBound) + "-" + text(run.upperBound) : run.map(text).joined()
    }
    return (bytes.contains(hyphen) ? "-" : "") + parts.joined()
  }
}

/// A double-quoted YAML scalar.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _
    where scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value <= 0xA0)
      || [0x2028, 0x2029, 0xFFFE, 0xFFFF].contains(scalar.value):
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
