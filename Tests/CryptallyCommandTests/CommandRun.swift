import Foundation

/// One run of the built executable as a child process, in a session of its own and so without a
/// terminal.
struct CommandRun {
  /// The exit code; negative for the signal that ended it.
  let status: Int32
  let output: String
  let errors: String

  /// Starts the command; `wait` ends it.
  final class Child {
    let process: pid_t
    private let folder: URL

    fileprivate init(process: pid_t, folder: URL) {
      self.process = process
      self.folder = folder
    }

    func kill() { _ = Foundation.kill(process, SIGKILL) }

    func wait() throws -> CommandRun {
      var state: Int32 = 0
      while waitpid(process, &state, 0) < 0, errno == EINTR {}
      let signal = state & 0x7F
      defer { try? FileManager.default.removeItem(at: folder) }
      return CommandRun(
        status: signal == 0 ? (state >> 8) & 0xFF : -signal,
        output: try String(contentsOf: folder.appendingPathComponent("out"), encoding: .utf8),
        errors: try String(contentsOf: folder.appendingPathComponent("err"), encoding: .utf8))
    }
  }

  struct CannotStart: Error {
    let path: String
    let code: Int32
  }

  /// Runs the command to its end.
  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> CommandRun {
    try start(arguments, in: folder, environment: environment).wait()
  }

  /// - Parameter input: the file of standard input; a terminal there becomes the child's own.
  static func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    input: String = "/dev/null"
  ) throws -> Child {
    let streams = FileManager.default.temporaryDirectory
      .appendingPathComponent("cryptally-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDWR, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    for (number, name) in [(STDOUT_FILENO, "out"), (STDERR_FILENO, "err")] {
      let path = streams.appendingPathComponent(name).path
      posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, newSession)

    var process: pid_t = 0
    // The shell changes the folder and becomes the command: the process stays the same.
    let path = "/bin/sh"
    let script = "cd \"$1\" && shift && exec \"$@\""
    let values = ["PATH": "/usr/bin:/bin", "TMPDIR": streams.path]
      .merging(instrumentation) { $1 }.merging(environment) { $1 }
    let code = withCStrings([path, "-c", script, "sh", folder.path, executable.path] + arguments) {
      argv in
      withCStrings(values.map { "\($0.key)=\($0.value)" }) { envp in
        posix_spawn(&process, path, &actions, &attributes, argv, envp)
      }
    }
    guard code == 0 else { throw CannotStart(path: path, code: code) }
    return Child(process: process, folder: streams)
  }

  /// `POSIX_SPAWN_SETSID`, which Glibc's headers hide.
  #if os(Linux)
    private static let newSession: Int16 = 0x80
  #else
    private static let newSession = Int16(POSIX_SPAWN_SETSID)
  #endif

  /// What tells coverage and sanitizers, when the build has them, what to do.
  private static let instrumentation = ProcessInfo.processInfo.environment.filter {
    ["LLVM_PROFILE_FILE", "ASAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
  }

  /// The executable beside the test bundle, or above it.
  private static let executable: URL = {
    let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let arguments = CommandLine.arguments.map { URL(fileURLWithPath: $0) }
    for start in [bundle] + arguments {
      var folder = start.resolvingSymlinksInPath().deletingLastPathComponent()
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent("cryptally")
        if FileManager.default.isExecutableFile(atPath: candidate.path),
          folder.path.contains("/.build")
        {
          return candidate
        }
        folder.deleteLastPathComponent()
      }
    }
    return URL(fileURLWithPath: ".build/release/cryptally")
  }()

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
