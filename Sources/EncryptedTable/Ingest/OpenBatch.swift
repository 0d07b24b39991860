/// A batch that is being staged, in an open transaction.
struct OpenBatch: Sendable {
  var id: Int64
  /// The chunk's place in the catalogue.
  var chunk: Int
  /// The slots that the batch fills.
  var slots: Range<Int>
  /// The chunk as it will be, with the batch's parts.
  var contents: TableCatalog.Chunk
  /// The columns that the batch has brought so far.
  var layout = ChunkLayout()
}
