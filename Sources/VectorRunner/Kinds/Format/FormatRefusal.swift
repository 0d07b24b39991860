/// A refusal that the library tells by a nil or a false, as an error that a vector can expect.
struct FormatRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
