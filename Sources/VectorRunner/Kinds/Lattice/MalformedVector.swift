/// A vector whose fields do not fit each other, so that it cannot be run.
struct MalformedVector: Error, Hashable, Sendable, CustomStringConvertible {
  let field: String
  let problem: String

  init(_ field: String, _ problem: String) {
    self.field = field
    self.problem = problem
  }

  var description: String { "the vector's field \(field): \(problem)" }
}
