/// The clear keys of a group, compared byte by byte as PostgreSQL does.
struct GroupKeyBytes: Hashable, Sendable {
  private let keys: [[UInt8]?]

  init(_ keys: [String?]) { self.keys = keys.map { $0.map { Array($0.utf8) } } }
}
