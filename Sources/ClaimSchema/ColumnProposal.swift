/// What schema inference proposes for one column: the YAML after its header, and why.
struct ColumnProposal {
  let declaration: String
  let comment: String

  /// Values of this length that are many are identifiers.
  private static let identifierLength = 9
  /// Values of this length of which none comes twice are identifiers.
  private static let uniqueIdentifierLength = 6
  private static let codeLength = 8
  private static let categoryValueLength = 64
  /// Whole numbers of more distinct values are counts rather than categories.
  private static let categoryNumbers = 16
  /// Numbers up to this magnitude are proposed as filters too.
  private static let smallNumber: Int64 = 100_000

  init(_ profile: ColumnProfile, capacity: Int64) {
    self =
      ColumnProposal.unusable(profile) ?? ColumnProposal.date(profile)
      ?? ColumnProposal.money(profile, capacity) ?? ColumnProposal.identifier(profile)
      ?? ColumnProposal.category(profile) ?? ColumnProposal.integer(profile, capacity)
      ?? ColumnProposal.code(profile)
      ?? ColumnProposal("protect: drop", "free text or mixed values: nothing to encrypt")
  }

  private init(_ declaration: String, _ comment: String) {
    self.declaration = declaration
    self.comment = comment
  }

  private static func unusable(_ profile: ColumnProfile) -> ColumnProposal? {
    guard profile.isReadable else {
      return ColumnProposal(
        "protect: drop", "several values in one record: name a path that picks one")
    }
    return profile.count > 0 ? nil : ColumnProposal("protect: drop", "always empty")
  }

  private static func date(_ profile: ColumnProfile) -> ColumnProposal? {
    guard let (format, range) = profile.dates.first, let years = range else { return nil }
    let months = years.count * 12
    let ends = [years.lowerBound, years.upperBound].map { year in
      String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    }
    var comment = "dates; range rounded to whole years"
    if let other = profile.dates.dropFirst().first {
      comment += "; \(other.format) would fit too"
    }
    if months > 120 {
      comment += "; \(months + 31) ciphertext columns: a shorter range is cheaper"
    }
    return ColumnProposal(
      "type: date, format: \(quoted(format)), protect: encrypted, "
        + "range: [\(ends[0])-01-01, \(ends[1])-12-31]", comment)
  }

  private static func money(_ profile: ColumnProfile, _ capacity: Int64) -> ColumnProposal? {
    let decimals = profile.decimals ?? 0
    guard profile.isMoney, decimals <= 9, let bounds = profile.bounds else { return nil }
    let scale = max(decimals, 2)
    guard let ends = range(bounds, scale: scale, capacity) else {
      return ColumnProposal("protect: drop", "amounts too large to be summed over the capacity")
    }
    return ColumnProposal(
      "type: money, scale: \(scale), range: \(ends), protect: encrypted, use: [sum]",
      "amounts; range rounded outward; to filter as well: use: [filter, sum] with "
        + "bands: [cut points]")
  }

  private static func identifier(_ profile: ColumnProfile) -> ColumnProposal? {
    guard profile.distinct == nil else { return nil }
    if profile.shortest >= identifierLength {
      return ColumnProposal("protect: drop", "many long values: identifiers")
    }
    guard profile.isUnique, profile.shortest >= uniqueIdentifierLength else { return nil }
    return ColumnProposal("protect: drop", "no value comes twice: identifiers")
  }

  private static func category(_ profile: ColumnProfile) -> ColumnProposal? {
    guard let values = profile.distinct, profile.longest <= categoryValueLength,
      values.count <= categoryNumbers || values.count * 2 <= profile.count,
      !values.contains(where: { ByteOrderMark.stands(in: $0) })
    else { return nil }
    let isWhole = profile.isWhole
    if isWhole, values.count > categoryNumbers { return nil }
    let list = values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return ColumnProposal(
      "type: category, values: [\(list.map(quoted).joined(separator: ", "))], protect: encrypted",
      "few distinct values; protect: clear if the server may see them"
        + (isWhole && values.count > 2 ? "; type: integer with a range to sum them" : ""))
  }

  private static func integer(_ profile: ColumnProfile, _ capacity: Int64) -> ColumnProposal? {
    guard profile.isWhole, let bounds = profile.bounds else { return nil }
    guard let ends = range(bounds, scale: 0, capacity) else {
      return ColumnProposal("protect: drop", "numbers too large to be summed over the capacity")
    }
    let isSmall = max(bounds.upperBound.magnitude, bounds.lowerBound.magnitude) <= smallNumber
    return ColumnProposal(
      "type: integer, range: \(ends), protect: encrypted, "
        + "use: \(isSmall ? "[filter, sum]" : "[sum]")",
      "whole numbers; range rounded outward")
  }

  private static func code(_ profile: ColumnProfile) -> ColumnProposal? {
    guard profile.longest <= codeLength,
      profile.bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !($0 >= 0x61 && $0 <= 0x7A) })
    else { return nil }
    let extras = profile.bytes.filter { byte in
      !(byte >= 0x30 && byte <= 0x39) && !(byte >= 0x41 && byte <= 0x5A) && byte != 0x2D
    }
    let hyphen = profile.bytes.contains(0x2D) ? "-" : ""
    let others = extras.map { String(Unicode.Scalar($0)) }.joined()
    let alphabet =
      (hyphen + others).isEmpty ? "" : ", alphabet: \(quoted(hyphen + "A-Z0-9" + others))"
    return ColumnProposal(
      "type: code, length: \(profile.longest)\(alphabet), protect: encrypted",
      "codes of at most \(profile.longest) characters")
  }

  /// A range around `bounds` whose ends have one digit other than 0; nil when a sum over the
  /// capacity could pass 2^61.
  private static func range(
    _ bounds: ClosedRange<Int64>, scale: Int, _ capacity: Int64
  ) -> String? {
    let lower = bounds.lowerBound < 0 ? -roundedUp(-bounds.lowerBound / 2 * 3 + 1) : 0
    let upper = bounds.upperBound > 0 ? roundedUp(bounds.upperBound / 2 * 3 + 1) : 1
    var largest = max(upper, -lower)
    for factor in Array(repeating: 10, count: scale) + [capacity] {
      let (product, overflow) = largest.multipliedReportingOverflow(by: factor)
      guard !overflow, product < 1 << 61 else { return nil }
      largest = product
    }
    let decimals = scale == 0 ? "" : "." + String(repeating: "0", count: scale)
    return "[\(lower)\(lower == 0 ? "" : decimals), \(upper)\(decimals)]"
  }

  /// The least number of one digit and zeros that is not below `value`, which is positive.
  static func roundedUp(_ value: Int64) -> Int64 {
    var power: Int64 = 1
    while value / power >= 10 { power *= 10 }
    return (value + power - 1) / power * power
  }
}
