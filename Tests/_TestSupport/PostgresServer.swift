import Foundation

/// A PostgreSQL server of its own for the time of a test: a new cluster in a temporary folder,
/// reached by a Unix socket only, stopped and deleted when the last reference goes or the process
/// ends, however it ends.
public final class PostgresServer: Sendable {
  private let programs: URL
  private let folder: URL
  /// The server lives as long as this end is open.
  private let lifeline: FileHandle

  /// Where the newest server's programs are; nil when PostgreSQL is not installed.
  public static var installation: URL? {
    let debian = URL(filePath: "/usr/lib/postgresql")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian.path())) ?? []
    let newestFirst = versions.sorted {
      ($0 as NSString).integerValue > ($1 as NSString).integerValue
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders =
      newestFirst.map { debian.appending(path: "\($0)/bin") }
      + path.split(separator: ":").map { URL(filePath: String($0)) }
    return folders.first { folder in
      ["initdb", "postgres", "psql"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: folder.appending(path: $0).path())
      }
    }
  }

  /// Starts a server: UTF-8, locale C, every other setting PostgreSQL's default except that nothing
  /// is synchronized to disk.
  ///
  /// - Throws: ``PostgresFailure`` when it is not ready within a minute.
  public init(programs: URL) throws {
    self.programs = programs
    let name = "pg-\(UUID().uuidString.prefix(8))"
    folder = FileManager.default.temporaryDirectory.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let pipe = Pipe()
    lifeline = pipe.fileHandleForWriting
    let supervisor = Process()
    supervisor.executableURL = URL(filePath: "/usr/bin/env")
    supervisor.arguments =
      try Self.unprivileged(for: folder)
      + ["sh", "-c", Self.supervision, "sh", folder.path(), programs.path()]
    supervisor.currentDirectoryURL = folder
    supervisor.standardInput = pipe
    try supervisor.run()
    for _ in 0..<600 {
      if try answers(to: ["SELECT 1"]) == [.rows([["1"]])] { return }
      guard supervisor.isRunning else { break }
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw PostgresFailure(reason: "PostgreSQL does not start; see \(folder.path())/log")
  }

  deinit { try? lifeline.close() }

  /// Ends when its standard input does, and leaves the log if the server could not start.
  private static let supervision = """
    "$2/initdb" -D "$1/data" -A trust -U postgres -E UTF8 --locale=C --no-sync >"$1/log" 2>&1 || exit
    "$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
      -c full_page_writes=off -c autovacuum=off >>"$1/log" 2>&1 &
    trap : INT TERM HUP
    read -r line
    kill -INT $!
    wait $!
    cd / && rm -rf "$1"
    """

  /// PostgreSQL refuses to run as root: what comes before the command to run it as somebody else,
  /// who then owns the folder.
  private static func unprivileged(for folder: URL) throws -> [String] {
    guard geteuid() == 0 else { return [] }
    guard let user = getpwnam("postgres") ?? getpwnam("nobody") else {
      throw PostgresFailure(reason: "PostgreSQL needs a user other than root, and there is none")
    }
    let (id, group) = (user.pointee.pw_uid, user.pointee.pw_gid)
    guard chown(folder.path(), id, group) == 0 else {
      throw PostgresFailure(reason: "cannot hand over \(folder.path())")
    }
    return ["setpriv", "--reuid=\(id)", "--regid=\(group)", "--clear-groups", "--"]
  }
}

extension PostgresServer {
  /// The answers to statements, in their order, all in one connection. A statement is one line or
  /// several without a semicolon or backslash command.
  public func answers(to statements: [String]) throws -> [PostgresAnswer] {
    let mark = PostgresOutput.mark
    let script = statements.map {
      "\($0)\n;\n\\echo \(mark) :ERROR :SQLSTATE :LAST_ERROR_MESSAGE \(mark)\n"
    }
    let file = folder.appending(path: "\(UUID().uuidString).sql")
    try Data(script.joined().utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let client = Process()
    client.executableURL = programs.appending(path: "psql")
    client.arguments =
      ["-X", "-q", "-A", "-t", "-h", folder.path(), "-U", "postgres", "-d", "postgres"]
      + PostgresOutput.options + ["-f", file.path()]
    let output = Pipe()
    client.standardInput = FileHandle.nullDevice
    client.standardOutput = output
    client.standardError = FileHandle.nullDevice
    try client.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    client.waitUntilExit()
    return PostgresOutput.answers(String(decoding: bytes, as: UTF8.self))
  }
}

/// Why there is no server.
public struct PostgresFailure: Error, CustomStringConvertible {
  let reason: String
  /// The reason.
  public var description: String { reason }
}
