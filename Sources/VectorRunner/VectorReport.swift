/// What came of one file of vectors on one kernel path.
package struct VectorReport: Codable, Sendable {
  /// The file's path below the folder of vectors.
  package let file: String
  /// The file's kind.
  package let kind: String
  /// The kernels that ran, such as `avx2` for the lattice and `adx` for big integers.
  package let path: KernelPath
  /// Cases that gave what they should.
  package internal(set) var passed = 0
  /// Cases that the filter left out.
  package internal(set) var skipped = 0
  /// The others.
  package internal(set) var failures: [VectorFailure] = []
  /// How long it took.
  package internal(set) var seconds = 0.0

  init(file: String, kind: String, path: KernelPath) {
    self.file = file
    self.kind = kind
    self.path = path
  }

  /// How many cases were run.
  package var count: Int { passed + failures.count }
}

/// A case that did not give what it should, or a file that cannot be run.
package struct VectorFailure: Codable, Sendable {
  /// The case's number; nil when the whole file or group is meant.
  package let id: Int?
  /// The group and the case's comment.
  package let name: String
  /// What was wrong; of values the first that differs.
  package let reason: String
}
