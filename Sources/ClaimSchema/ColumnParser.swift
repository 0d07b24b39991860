import Yams

/// Reads one column of a schema file.
struct ColumnParser {
  let header: String
  let section: SchemaSection
  let capacity: Int
  /// Where the header stands: errors about the column as a whole point there.
  let place: SchemaLocation

  static let keys = [
    "name", "type", "protect", "values", "format", "range", "length", "alphabet", "scale", "use",
    "bands", "nullable", "null_dates", "pad", "decimal", "sql",
  ]

  enum TypeName: String, CaseIterable {
    case text
    case category
    case code
    case date
    case integer
    case money

    /// The keys that say more about a type.
    var keys: [String] {
      switch self {
      case .text: []
      case .category: ["values", "pad"]
      case .code: ["length", "alphabet", "pad"]
      case .date: ["format", "range", "null_dates"]
      case .integer: ["range", "bands"]
      case .money: ["scale", "decimal", "range", "bands"]
      }
    }
  }

  init(
    header: String, place: SchemaLocation, node: Node, capacity: Int, source: String
  ) throws(SchemaError) {
    self.header = header
    self.place = place
    self.capacity = capacity
    section = try SchemaSection(
      node, title: "column '\(header)'", knownKeys: ColumnParser.keys, source: source)
  }

  func column() throws(SchemaError) -> Column {
    let protection = try self.protection()
    let typeName = try self.typeName(protection)
    if protection == .drop {
      return Column(
        sourceName: header, name: header.lowercased(), type: .text, protection: .drop, uses: [],
        isNullable: true)
    }
    try refuseKeys(of: typeName)
    let uses = try self.uses(typeName, protection)
    let type = try self.type(typeName, protection, uses)
    let column = Column(
      sourceName: header, name: try name(), type: type, protection: protection, uses: uses,
      isNullable: try isNullable(), reading: try reading(typeName, type))
    try checkSum(column)
    try checkIndicators(column)
    return column
  }

  func contradiction(_ key: String, _ problem: String, _ remedy: String) -> SchemaError {
    let location = section.contains(key) ? section.location(of: key) : place
    return .contradiction(location, column: header, problem: problem, remedy: remedy)
  }
}

extension ColumnParser {
  private func protection() throws(SchemaError) -> Protection {
    let expected = "one of \(names(Protection.allCases))"
    guard let text = try section.text("protect", expected: expected) else {
      throw .missingKey(
        place, key: "protect", section: section.title, remedy: "add \(expected)")
    }
    guard let protection = Protection(rawValue: text) else {
      throw section.invalid("protect", expected: expected)
    }
    return protection
  }

  private func typeName(_ protection: Protection) throws(SchemaError) -> TypeName {
    let expected = "one of \(names(TypeName.allCases))"
    guard let text = try section.text("type", expected: expected) else {
      if protection == .drop { return .text }
      throw .missingKey(place, key: "type", section: section.title, remedy: "add \(expected)")
    }
    guard let name = TypeName(rawValue: text) else {
      throw section.invalid("type", expected: expected)
    }
    return name
  }

  /// Keys of other types are mistakes, not decoration.
  private func refuseKeys(of typeName: TypeName) throws(SchemaError) {
    let ofTypes = TypeName.allCases.flatMap(\.keys)
    for key in ColumnParser.keys
    where ofTypes.contains(key) && !typeName.keys.contains(key) && section.contains(key) {
      throw contradiction(
        key, "'\(key)' says nothing about type \(typeName.rawValue)", "delete it or change the type"
      )
    }
  }

  private func name() throws(SchemaError) -> String {
    let expected = "an SQL name: letters, digits and underscores, and no reserved word"
    if let text = try section.text("name", expected: expected) {
      guard let name = SQLIdentifier.make(text) else {
        throw section.invalid("name", expected: expected)
      }
      return name
    }
    guard let name = SQLIdentifier.make(header) else {
      throw .missingKey(
        place, key: "name", section: section.title,
        remedy: "the header is no SQL name: add 'name: \(SQLIdentifier.proposed(for: header))'")
    }
    return name
  }

  private func isNullable() throws(SchemaError) -> Bool {
    try section.flag("nullable") ?? true
  }

  private func uses(
    _ typeName: TypeName, _ protection: Protection
  ) throws(SchemaError) -> Set<ColumnUse> {
    let isNumber = typeName == .integer || typeName == .money
    let declared = try declaredUses()
    switch protection {
    case .drop: return []
    case .clear:
      if declared != nil {
        throw contradiction(
          "use", "a clear column serves WHERE and GROUP BY anyway, and no sum", "delete 'use'")
      }
      return []
    case .paillier:
      guard isNumber else {
        throw contradiction(
          "protect", "paillier holds only type integer and money", "use 'protect: encrypted'")
      }
      if declared?.contains(.filter) == true {
        throw contradiction(
          "use", "a paillier column cannot be filtered",
          "use 'protect: encrypted', or delete filter")
      }
      return [.sum]
    case .encrypted:
      if typeName == .text {
        throw contradiction(
          "protect", "text cannot be encrypted",
          "use 'protect: drop', or type category or code if its values are such")
      }
      if !isNumber, declared?.contains(.sum) == true {
        throw contradiction(
          "use", "a \(typeName.rawValue) cannot be summed", "use [filter], or type integer or money"
        )
      }
      return declared ?? (isNumber ? [.sum] : [.filter])
    }
  }

  private func declaredUses() throws(SchemaError) -> Set<ColumnUse>? {
    let expected = "a list of \(names(ColumnUse.allCases)) or both"
    guard let texts = try section.texts("use", expected: expected) else { return nil }
    let uses = texts.compactMap(ColumnUse.init(rawValue:))
    guard !uses.isEmpty, uses.count == texts.count, Set(uses).count == uses.count else {
      throw section.invalid("use", expected: expected)
    }
    return Set(uses)
  }
}

extension ColumnParser {
  /// No Paillier sum over the capacity may reach 2^62: packed sums are read as 64-bit numbers.
  /// Encrypted values are split into as many limbs as they need.
  private func checkSum(_ column: Column) throws(SchemaError) {
    guard column.protection == .paillier, let range = column.type.numberRange else { return }
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    let (bound, overflow) = largest.multipliedReportingOverflow(by: UInt64(capacity))
    guard !overflow, bound < 1 << 62 else {
      throw contradiction(
        "range", "capacity times the largest magnitude of the range reaches 2^62",
        "narrow the range or lower the capacity")
    }
  }

  private func checkIndicators(_ column: Column) throws(SchemaError) {
    guard let count = column.digitLayout?.indicatorCount, count > DigitLayout.indicatorLimit else {
      return
    }
    throw contradiction(
      "type", "filtering needs \(count) ciphertext columns, at most \(DigitLayout.indicatorLimit)",
      "narrow the range, declare fewer values, or drop the column")
  }
}
