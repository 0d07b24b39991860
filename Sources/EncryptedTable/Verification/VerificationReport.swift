/// What a verification looked at, and what is wrong.
public struct VerificationReport: Hashable, Sendable {
  /// Something that is not as it must be. It holds no value of the table.
  public struct Defect: Hashable, Sendable, CustomStringConvertible {
    /// The number of the chunk, from 0.
    public let chunk: Int
    /// The column, by the key that it is stored under; nil for the chunk as a whole.
    public let column: String?
    /// What is wrong.
    public let problem: String

    /// Where it is and what is wrong.
    public var description: String {
      "chunk \(chunk)\(column.map { ", \($0)" } ?? ""): \(problem)"
    }
  }

  /// Chunks.
  public internal(set) var chunks = 0
  /// Lattice ciphertexts.
  public internal(set) var ciphertexts = 0
  /// Cells of clear columns.
  public internal(set) var clearCells = 0
  /// Paillier ciphertexts.
  public internal(set) var paillierCiphertexts = 0
  /// Bytes, all of them compared with their digests.
  public internal(set) var byteCount = 0
  /// Whether the lattice ciphertexts were compared with the parameters, residue by residue.
  public internal(set) var checkedResidues: Bool
  /// Whether the Paillier ciphertexts were compared with the public key.
  public internal(set) var checkedUnits: Bool
  /// How many defects there are.
  public internal(set) var defectCount = 0
  /// The first ones, up to `shownDefects`.
  public internal(set) var defects: [Defect] = []

  /// The most defects that are told one by one.
  public static let shownDefects = 20

  init(checkedResidues: Bool, checkedUnits: Bool) {
    self.checkedResidues = checkedResidues
    self.checkedUnits = checkedUnits
  }

  mutating func add(_ problem: String, chunk: Int, column: String? = nil) {
    defectCount += 1
    guard defects.count < VerificationReport.shownDefects else { return }
    defects.append(Defect(chunk: chunk, column: column, problem: problem))
  }

  /// Adds what was found in other chunks.
  mutating func add(_ other: VerificationReport) {
    chunks += other.chunks
    ciphertexts += other.ciphertexts
    clearCells += other.clearCells
    paillierCiphertexts += other.paillierCiphertexts
    byteCount += other.byteCount
    defectCount += other.defectCount
    let all = (defects + other.defects).sorted { $0.chunk < $1.chunk }
    defects = Array(all.prefix(VerificationReport.shownDefects))
  }
}
