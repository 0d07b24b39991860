import Foundation

/// Where the demonstration leaves its files.
struct DemoFolder {
  let path: String

  /// A folder that is made if it is missing. What is in it must not be in the way.
  init(making path: String) throws(CommandFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw CommandFailure(.cannotCreate, "\(path): the folder cannot be made")
    }
    self.path = path
    for name in ["passphrase.txt", "claims.cryptally"] {
      try OutputPath(file(name)).checkIsFree()
    }
  }

  private init(path: String) { self.path = path }

  /// A fresh folder under the system's folder for temporary files.
  static func temporary() throws(CommandFailure) -> DemoFolder {
    let parent = FileManager.default.temporaryDirectory.path
    var template = Array((parent + "/cryptally-demo-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure(.cannotCreate, "\(parent): no folder can be made there")
    }
    return DemoFolder(
      path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  func file(_ name: String) -> String { path + "/" + name }
}
