import Yams

extension Schema {
  /// The largest schema text that is read, in bytes.
  package static let byteLimit = 1 << 20

  /// The most columns of a schema.
  package static let columnLimit = 1600

  /// Reads a schema file. `source` is the name that errors give to it.
  ///
  /// Throws `SchemaError`, which names the line and column and says what to do.
  public static func parse(yaml: String, source: String) throws(SchemaError) -> Schema {
    try SchemaParser(source: source).schema(yaml)
  }
}

/// Reads the top level of a schema file.
struct SchemaParser {
  let source: String

  static let keys =
    [
      "table", "capacity", "depth", "cluster_by", "person", "person_buckets",
    ] + DisclosureParser.keys + ["columns", "products", "indexes"] + readingKeys

  /// How many bytes a header may have.
  static let headerBytes = 1...255

  func schema(_ yaml: String) throws(SchemaError) -> Schema {
    let section = try SchemaSection(
      try SchemaParser.root(yaml, source: source), title: "the schema",
      knownKeys: SchemaParser.keys, source: source)
    _ = try section.require("table", remedy: "add the table's SQL name: 'table: claims'")
    _ = try section.require(
      "capacity", remedy: "add the most records that a query may cover: 'capacity: 200000'")
    let columnsNode = try section.require(
      "columns", remedy: "add the columns: 'columns: { HEADER: { type: …, protect: … } }'")

    let identifier = "a lower-case SQL name that is no reserved word"
    guard let tableText = try section.text("table", expected: identifier),
      let table = SQLIdentifier.make(tableText)
    else { throw section.invalid("table", expected: identifier) }
    let capacity = try section.integer("capacity", in: 1...(1 << 40)) ?? 1
    let columns = try self.columns(columnsNode, capacity: capacity)
    let schema = Schema(
      table: table, capacity: capacity, depth: try section.integer("depth", in: 0...5) ?? 2,
      disclosure: try DisclosureParser(section, source: source).settings(), columns: columns,
      products: try ProductParser(columns: columns, section: section, source: source).products(),
      indexes: try JointIndexParser(columns: columns, section: section, source: source).indexes(),
      clusterBy: try clusterBy(section, columns), person: try person(section, columns),
      reading: try reading(section))
    // Keys hold the canonical text, which must be read again: aliases make it longer than the file.
    let byteCount = schema.canonicalText.utf8.count
    guard byteCount <= Schema.byteLimit else {
      throw .notYAML(
        section.location,
        problem: "with every value written out it has \(byteCount) bytes, at most "
          + "\(Schema.byteLimit) are read: declare fewer or shorter values")
    }
    return schema
  }

  /// The YAML document.
  static func root(_ yaml: String, source: String) throws(SchemaError) -> Node {
    let start = SchemaLocation(source: source, line: 1, column: 1)
    guard yaml.utf8.count <= Schema.byteLimit else {
      throw .notYAML(start, problem: "a schema has at most \(Schema.byteLimit) bytes")
    }
    if let place = ByteOrderMark.place(in: yaml, source: source) {
      throw .notYAML(
        place, problem: "it holds the invisible character U+FEFF (byte order mark): leave it out")
    }
    guard !AliasCount.isExcessive(in: yaml) else {
      throw .notYAML(
        start, problem: "more than \(AliasCount.limit) aliases (*name): write the values out")
    }
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw SchemaError.notYAML(start, problem: "the file is empty")
      }
      return node
    } catch let error as SchemaError {
      throw error
    } catch let error as YamlError {
      throw SchemaError(error, start: start)
    } catch {
      throw .notYAML(start, problem: "it cannot be read")
    }
  }

  private func columns(_ node: Node, capacity: Int) throws(SchemaError) -> [Column] {
    let entries = try node.entries(title: "columns", source: source)
    guard !entries.isEmpty, entries.count <= Schema.columnLimit else {
      throw .invalidValue(
        node.location(in: source), key: "columns", expected: "1 to \(Schema.columnLimit) columns")
    }
    var columns: [Column] = []
    var places: [String: SchemaLocation] = [:]
    for (place, header, value) in entries {
      guard SchemaParser.headerBytes.contains(header.utf8.count) else {
        throw .invalidValue(
          place, key: "columns",
          expected: "a mapping by headers of 1 to \(SchemaParser.headerBytes.upperBound) bytes")
      }
      let parser = try ColumnParser(
        header: header, place: place, node: value, capacity: capacity, source: source)
      let column = try parser.column()
      columns.append(column)
      if column.protection == .drop { continue }
      if let first = places.updateValue(place, forKey: column.name) {
        throw .nameClash(place, name: column.name, first: first)
      }
    }
    return columns
  }
}

/// The raw values of an enumeration, as errors list them.
func names<Value: RawRepresentable>(_ values: [Value]) -> String where Value.RawValue == String {
  values.map(\.rawValue).joined(separator: ", ")
}

extension SchemaError {
  fileprivate init(_ error: YamlError, start: SchemaLocation) {
    func place(_ mark: Mark) -> SchemaLocation {
      SchemaLocation(source: start.source, line: max(mark.line, 1), column: max(mark.column, 1))
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self = .notYAML(place(mark), problem: problem)
    case .duplicatedKeysInMapping(let keys, let context):
      self = .duplicateKey(place(context.mark), key: keys.first ?? "a key")
    case .reader(let problem, _, _, _):
      self = .notYAML(start, problem: problem)
    default:
      self = .notYAML(start, problem: "it cannot be read")
    }
  }
}
