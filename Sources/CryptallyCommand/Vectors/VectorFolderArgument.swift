import ArgumentParser
import VectorRunner

/// Which vectors are meant.
struct VectorFolderArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The folder of vectors; in a checkout of the package its own, without an argument.",
      valueName: "dir"))
  var path: String?

  func open() throws -> VectorFolder {
    do {
      return if let path { try VectorFolder(path) } else { try VectorFolder.shipped() }
    } catch {
      throw CommandFailure(.missingInput, error.description)
    }
  }
}
