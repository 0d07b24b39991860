import Foundation

/// A file that is going to be written, looked at before long work begins.
struct OutputPath {
  let path: String

  init(_ path: String) { self.path = path }

  var exists: Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Throws unless the name is free and its folder can be written to.
  func checkIsFree() throws(CommandFailure) {
    try checkFolder()
    guard !exists else {
      throw CommandFailure(
        .cannotCreate,
        "\(path): exists already and is not overwritten; remove it or choose another name")
    }
  }

  /// Throws unless the folder is there and can be written to.
  func checkFolder() throws(CommandFailure) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access(folder, W_OK | X_OK) == 0 else {
      let reason = String(cString: strerror(errno))
      throw CommandFailure(.cannotCreate, "\(path): cannot be written: \(folder): \(reason)")
    }
  }

  /// Whether two paths lead to one file that exists.
  func isSameFile(as other: String) -> Bool {
    var own = stat()
    var others = stat()
    return stat(path, &own) == 0 && stat(other, &others) == 0 && own.st_dev == others.st_dev
      && own.st_ino == others.st_ino
  }
}
