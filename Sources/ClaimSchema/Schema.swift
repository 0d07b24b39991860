/// The description of one claim table: what every column means and how it is protected.
///
/// A schema alone fixes every encoding, so two tables under one key always agree, and nothing about
/// the data leaks through the choice of an encoding.
public struct Schema: Hashable, Sendable {
  /// The table's name in SQL, lower case.
  public let table: String
  /// The most records that all tables of one query may hold together.
  public let capacity: Int
  /// The multiplicative depth: products of up to 2^depth factors are admitted.
  public let depth: Int
  /// What may be released under a key made for this schema.
  public let disclosure: DisclosureSettings
  /// The columns in the order of the schema file, dropped ones included.
  public internal(set) var columns: [Column]
  /// The products of two columns that are stored to be summed, in canonical order, each once.
  public let products: [SummedValue]
  /// The joint indexes, in the order of the schema file.
  public let indexes: [JointIndex]
  /// The clear columns, by their SQL names, whose equal cells are gathered in chunks of their own; the
  /// first one counts most. How a table is read does not depend on it.
  public let clusterBy: [String]
  /// What tells one person's records from another's; nil when every record is a person's of its own.
  public let person: PersonSettings?
  /// How claims files are read.
  public let reading: ReadingRules

  package init(
    table: String, capacity: Int, depth: Int, disclosure: DisclosureSettings, columns: [Column],
    products: [SummedValue] = [], indexes: [JointIndex] = [], clusterBy: [String] = [],
    person: PersonSettings? = nil, reading: ReadingRules = .standard
  ) {
    self.table = table
    self.capacity = capacity
    self.depth = depth
    self.disclosure = disclosure
    self.columns = columns
    self.products = products
    self.indexes = indexes
    self.clusterBy = clusterBy
    self.person = person
    self.reading = reading
  }

  /// The column that SQL calls `name` (compared as written, lower case), dropped columns excluded.
  public func column(named name: String) -> Column? {
    columns.first { $0.name == name && $0.protection != .drop }
  }
}

/// The functions over records that a query may ask for.
public enum AggregateFunction: String, CaseIterable, Hashable, Sendable {
  case sum
  case count
  case avg
  case variancePopulation = "var_pop"
  case varianceSample = "var_samp"
  case deviationPopulation = "stddev_pop"
  case deviationSample = "stddev_samp"
  case covariancePopulation = "covar_pop"
  case correlation = "corr"
}
