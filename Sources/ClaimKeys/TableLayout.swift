import BFV
import ClaimSchema
import Paillier
import SecureMemory
import Wire

/// How the tables of a schema are stored under a set of keys: the lattice parameters, the ciphertext
/// columns, the limbs of values, the packing of Paillier records.
///
/// It follows from the schema and the parameters that the keys were made with. All tables under one
/// key share it, and its fingerprint is in every file.
public struct TableLayout: Hashable, Sendable {
  /// The schema.
  public let schema: Schema
  /// The lattice parameters; nil when no column is encrypted.
  public let parameters: EncryptionParameters?
  /// The lattice columns in canonical order.
  public let latticeColumns: [LatticeColumn]
  /// The packing of the Paillier columns, in schema order; nil when there is none.
  public let packing: RecordPacking?
  /// Identifies schema and parameters. The disclosure settings take no part.
  public let fingerprint: Digest
  private let encodings: [SummedValue: ValueEncoding]

  /// Appends that a chunk may take; known to the noise bound.
  package static let maximumAppends = 64
  /// Products that may be added up inside one level of a predicate.
  fileprivate static let additionsPerLevel = 4
  /// Products that one total may add up in each chunk.
  fileprivate static let termsPerChunk = 64
  /// Chunks that tables may have beyond full ones, because each table's last chunk is not full.
  fileprivate static let partialChunks = 64
  /// Totals of one answer over which flooding is accounted.
  package static let maximumTotals = 4096 * 8

  /// The layout with the parameters derived for the schema.
  ///
  /// - Throws: `KeyError.nothingProtected`, `.valuesTooLarge`; `ParameterError.noneHolds`;
  ///   `PackingError`.
  public init(deriving schema: Schema) throws {
    try self.init(
      schema: schema,
      parameters: TableLayout.derivedParameters(schema) {
        try EncryptionParameters.derive(for: $0)
      },
      paillierBits: PrivateKey.defaultBitCount)
  }

  /// Small parameters without security, for tests.
  package init(
    insecureForTesting schema: Schema, degree: Int, paillierBits: Int = 512
  ) throws {
    try self.init(
      schema: schema,
      parameters: TableLayout.derivedParameters(schema) {
        try EncryptionParameters.deriveInsecureForTesting(for: $0, degree: degree)
      },
      paillierBits: paillierBits)
  }

  /// The layout for parameters that keys were made with.
  /// - Throws: as `init(deriving:)`.
  package init(schema: Schema, parameters: EncryptionParameters?, paillierBits: Int) throws {
    self.schema = schema
    self.parameters = parameters
    guard schema.columns.contains(where: \.isProtected) else { throw KeyError.nothingProtected }
    var encodings: [SummedValue: ValueEncoding] = [:]
    var latticeColumns: [LatticeColumn] = []
    if let parameters {
      latticeColumns.append(.occupied)
      latticeColumns += (0..<(schema.person?.buckets ?? 0)).map { .personBucket($0) }
      for column in schema.columns where column.protection == .encrypted {
        if column.isNullable { latticeColumns.append(.present(column: column.name)) }
        for (digit, size) in (column.digitLayout?.sizes ?? []).enumerated() {
          latticeColumns += (0..<size).map {
            .indicator(column: column.name, digit: digit, value: $0)
          }
        }
      }
      for value in schema.summedValues {
        guard
          let encoding = ValueEncoding(
            largest: schema.largestMagnitude(of: value), capacity: schema.capacity,
            plaintextModulus: parameters.plaintextModulus)
        else { throw KeyError.valuesTooLarge(column: value.text) }
        encodings[value] = encoding
        latticeColumns += (0..<encoding.limbCount).map { .value(value, limb: $0) }
      }
      for index in schema.indexes {
        latticeColumns += (0..<index.count).map { .joint(columns: index.columns, place: $0) }
      }
    }
    self.encodings = encodings
    self.latticeColumns = latticeColumns.sorted()
    let measures = schema.paillierMeasures
    packing =
      measures.isEmpty
      ? nil
      : try RecordPacking(
        measures: measures, capacity: schema.capacity, modulusBits: paillierBits)
    fingerprint = TableLayout.fingerprint(schema, parameters, packing?.modulusBitCount)
  }

  /// How summed values are stored; nil for what is not.
  package func encoding(of value: SummedValue) -> ValueEncoding? { encodings[value] }

  /// What tables store to be summed, in canonical order; none without lattice parameters.
  public var summedValues: [SummedValue] { parameters == nil ? [] : schema.summedValues }

  /// The number of limbs of summed values; 0 for what is not stored.
  public func limbCount(of value: SummedValue) -> Int { encodings[value]?.limbCount ?? 0 }

  /// The index of a Paillier column among the packed measures.
  package func measureIndex(of column: String) -> Int? {
    packing?.measures.firstIndex { $0.name == column }
  }

  /// Whether anything about the parameters is for tests only.
  package var isInsecureForTesting: Bool {
    (parameters?.isInsecureForTesting ?? false)
      || (packing.map { $0.modulusBitCount < PublicKey.admittedBitCounts.lowerBound } ?? false)
  }

  /// Whether queries may ask for more groups than are sent one by one: then the evaluation key has
  /// Galois keys for packing.
  package var needsPacking: Bool {
    guard parameters != nil else { return false }
    let hidden = schema.columns.compactMap { $0.groupKeys?.count }.sorted().suffix(3)
    // Clear columns, and indexed ones whose keys a query lists, bound the groups by the query alone.
    return schema.columns.contains {
      $0.protection == .clear || ($0.digitLayout != nil && $0.groupKeys == nil)
    }
      || hidden.reduce(1, *) > TableLayout.groupsSentSingly
  }

  /// Up to this many totals each travel in a ciphertext of their own.
  package static let groupsSentSingly = 32

  private static func fingerprint(
    _ schema: Schema, _ parameters: EncryptionParameters?, _ paillierBits: Int?
  ) -> Digest {
    var writer = BoundedWriter()
    writer.append(schema.fingerprint)
    writer.append(parameters != nil)
    parameters?.write(to: &writer)
    writer.append(UInt32(paillierBits ?? 0))
    return Digest.of(writer.bytes, domain: "Cryptally table layout")
  }

  /// Tries whole values and values in two, three and four limbs, and takes the smallest ring, then
  /// the least to store: splitting values shrinks the plaintext modulus, and with it the noise of
  /// every product.
  private static func derivedParameters(
    _ schema: Schema, derive: (Workload) throws -> EncryptionParameters
  ) throws -> EncryptionParameters? {
    let encrypted = schema.columns.filter { $0.protection == .encrypted }
    guard !encrypted.isEmpty else { return nil }
    let largest = encrypted.compactMap(\.summedRange).reduce(UInt64(1)) {
      max($0, $1.largestMagnitude)
    }
    let bits = UInt64.bitWidth - largest.leadingZeroBitCount
    var best: (parameters: EncryptionParameters, cost: Int)?
    var failure: (any Error)?
    for limbs in 1...4 where limbs == 1 || limbs <= bits {
      let limb = limbs == 1 ? largest : UInt64(1) << UInt64((bits + limbs - 1) / limbs)
      let (bound, overflow) = limb.multipliedReportingOverflow(by: 2 * UInt64(schema.capacity))
      guard !overflow, bound < 1 << 49 else { continue }
      do {
        let parameters = try derive(schema.workload(plaintextBound: bound + 1))
        let layout = try TableLayout(
          schema: schema, parameters: parameters, paillierBits: PrivateKey.defaultBitCount)
        let cost = layout.latticeColumns.count * parameters.ciphertextModuli.count
        let isBetter = best.map {
          (parameters.degree, cost) < ($0.parameters.degree, $0.cost)
        }
        if isBetter ?? true { best = (parameters, cost) }
      } catch let error as ParameterError {
        failure = error
      }
    }
    guard let best else {
      throw failure
        ?? KeyError.valuesTooLarge(
          column: encrypted.first { $0.summedRange != nil }?.name ?? schema.table)
    }
    return best.parameters
  }
}

extension Schema {
  /// What tables store to be summed, in canonical order.
  fileprivate var summedValues: [SummedValue] {
    columns.filter { $0.summedRange != nil }.map { .column($0.name) } + products
  }

  /// The largest magnitude of a value or product, below 2^126.
  fileprivate func largestMagnitude(of value: SummedValue) -> UInt128 {
    func largest(_ name: String) -> UInt128 {
      UInt128(column(named: name)?.summedRange?.largestMagnitude ?? 0)
    }
    return switch value {
    case .column(let name): largest(name)
    case .product(let a, let b): largest(a) * largest(b)
    }
  }

  /// The deepest computation that keys for this schema must hold.
  fileprivate func workload(plaintextBound: UInt64) -> Workload {
    // More than half of a digit's values are taken as the complement, hence the half.
    let digits =
      (columns.compactMap { $0.digitLayout?.sizes.max() } + indexes.map(\.count)).max() ?? 1
    return Workload(
      plaintextBound: plaintextBound, depth: depth,
      additionsPerFactor: (TableLayout.maximumAppends + 1) * (digits / 2 + 2),
      additionsPerLevel: TableLayout.additionsPerLevel,
      additionsPerTotal: (capacity / 4096 + TableLayout.partialChunks) * TableLayout.termsPerChunk,
      plaintextProducts: columns.contains { $0.protection == .clear } ? 1 : 0,
      totals: TableLayout.maximumTotals)
  }

  fileprivate var paillierMeasures: [RecordPacking.Measure] {
    columns.compactMap { column in
      guard column.protection == .paillier, let range = column.numberRange else { return nil }
      return RecordPacking.Measure(
        name: column.name, range: range, isNullable: column.isNullable)
    }
  }
}

extension ClosedRange<Int64> {
  fileprivate var largestMagnitude: UInt64 { Swift.max(lowerBound.magnitude, upperBound.magnitude) }
}

extension Column {
  fileprivate var isProtected: Bool { protection == .encrypted || protection == .paillier }

  /// The range of a number or amount, in minor units.
  package var numberRange: ClosedRange<Int64>? {
    switch type {
    case .integer(let range, _), .money(_, let range, _): range
    case .text, .category, .code, .date: nil
    }
  }

  /// The range of a column that is stored as an encrypted value.
  package var summedRange: ClosedRange<Int64>? {
    protection == .encrypted && uses.contains(.sum) ? numberRange : nil
  }
}
