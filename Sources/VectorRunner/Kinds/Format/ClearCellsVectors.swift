import EncryptedTable

/// The cells of clear columns.
struct ClearCellsVectors: VectorKind {
  struct Case: Decodable, Sendable {
    let input: EditedBytes
    let slots: Int
    let cells: [String?]?
  }

  static let name = "format.clear-cells"

  private let group: FileGroup

  init(_ group: FileGroup) { self.group = group }

  func run(_ vector: Case) throws {
    let bytes = try vector.input.bytes(of: group.file)
    let stored = try ClearCells(
      encoded: bytes, slotCount: vector.slots, source: FileGroup.source)
    guard let cells = vector.cells else { return }
    // Swift's texts are equal when they look alike.
    try VectorCheck.equal(
      "cells", (0..<stored.count).map { stored[$0].map { Array($0.utf8) } },
      cells.map { $0.map { Array($0.utf8) } })
    try VectorCheck.equal("written", ClearCells(cells).encoded, bytes)
  }
}
