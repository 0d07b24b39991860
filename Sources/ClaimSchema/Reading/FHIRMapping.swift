import Yams

/// The columns that claim lines have when they are read from FHIR R4 ExplanationOfBenefit.
package struct FHIRMapping: Sendable {
  package let names: [String]
  let paths: [FHIRPath]

  /// The mapping that comes with the package, with a schema's own columns in place of those of the
  /// same name, or after them.
  init(overriding own: [FHIRColumn], source: String) throws(SchemaError) {
    var columns = try FHIRMapping.shipped()
    for column in own {
      if let index = columns.firstIndex(where: { $0.name == column.name }) {
        columns[index] = column
      } else {
        columns.append(column)
      }
    }
    var paths: [FHIRPath] = []
    for column in columns {
      guard let path = FHIRPath(column.path) else {
        throw .invalidValue(
          SchemaLocation(source: source, line: 1, column: 1), key: column.name,
          expected: FHIRPath.form)
      }
      paths.append(path)
    }
    names = columns.map(\.name)
    self.paths = paths
  }

  /// `Resources/fhir-eob-r4.yaml`, which is compiled in.
  package static func shipped() throws(SchemaError) -> [FHIRColumn] { try columns.get() }

  private static let columns = Result { () throws(SchemaError) in
    let source = "fhir-eob-r4.yaml"
    let text = String(decoding: PackageResources.fhir_eob_r4_yaml, as: UTF8.self)
    let place = SchemaLocation(source: source, line: 1, column: 1)
    guard let node = try? Yams.compose(yaml: text) else {
      throw .notYAML(place, problem: "it cannot be read")
    }
    return try FHIRColumn.list(node, source: source)
  }
}

/// One column of a FHIR mapping: its name, and where its cells stand in the resource.
public struct FHIRColumn: Hashable, Sendable {
  /// What a schema calls the column's header.
  public let name: String
  /// Names, `[n]`, `first()`, `where(path = 'text')` and `|`, as in FHIRPath; `item` is the item of
  /// the line.
  public let path: String

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  /// The columns of a mapping `name: path`.
  static func list(_ node: Node, source: String) throws(SchemaError) -> [FHIRColumn] {
    var columns: [FHIRColumn] = []
    for (_, name, value) in try node.entries(title: "fhir", source: source) {
      let path = try value.text(key: name, expected: FHIRPath.form, source: source)
      guard FHIRPath(path) != nil, SchemaParser.headerBytes.contains(name.utf8.count) else {
        throw .invalidValue(
          value.location(in: source), key: name, expected: FHIRPath.form)
      }
      columns.append(FHIRColumn(name: name, path: path))
    }
    return columns
  }
}
