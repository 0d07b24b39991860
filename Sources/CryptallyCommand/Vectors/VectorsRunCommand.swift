import ArgumentParser
import Foundation
import VectorRunner

/// `cryptally vectors run`.
struct VectorsRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run vectors on every kernel path that the processor has.",
    discussion: """
      Prints how many cases of each kind passed, on each path, and of those that failed the first \
      value that differs. Ends with code 1 if any failed.
      """)

  @OptionGroup
  var folder: VectorFolderArgument

  @Option(
    help: ArgumentHelp(
      "Only cases whose file, kind, group, comment or flags contain this; * stands for anything.",
      valueName: "pattern"))
  var filter: String?

  @Option(help: "table, tap or json.")
  var format = VectorReportFormat.table

  /// What the process of one path does.
  enum PathTask: String, ExpressibleByArgument {
    /// Prints which kernels it has.
    case name
    /// Prints its reports as JSON, whatever came of them.
    case run
  }

  @Option(name: .customLong("path-task"), help: .private)
  var pathTask: PathTask?

  func run() async throws {
    let folder = try folder.open()
    switch pathTask {
    case .name: StandardStreams.print(KernelPath.current.description)
    case .run:
      let reports = await VectorRun(folder, filter: VectorFilter(filter)).run()
      StandardStreams.write(try VectorReportFormatter(.json).text(for: reports))
    case nil: try runOnEveryPath(folder)
    }
  }

  private func runOnEveryPath(_ folder: VectorFolder) throws {
    var paths: Set<Data> = []
    var reports: [VectorReport] = []
    for name in KernelPath.names {
      guard paths.insert(try output(of: .name, folder, on: name)).inserted else { continue }
      reports += try VectorReportFormatter.reports(json: output(of: .run, folder, on: name))
    }
    StandardStreams.write(try VectorReportFormatter(format).text(for: reports))
    let failures = reports.reduce(0) { $0 + $1.failures.count }
    guard failures == 0 else {
      throw CommandFailure(.differs, FigureText.count(failures, "failure"))
    }
    guard reports.contains(where: { $0.count > 0 }) else {
      throw CommandFailure(.usage, "the filter leaves no case")
    }
  }

  /// What a process of a path's own prints: kernels are chosen when a process starts.
  private func output(
    of task: PathTask, _ folder: VectorFolder, on path: String
  ) throws -> Data {
    guard let executable = Bundle.main.executableURL else {
      throw CommandFailure(.system, "the command's own file is not to be found")
    }
    let process = Process()
    process.executableURL = executable
    process.arguments =
      ["vectors", "run", "--path-task", task.rawValue] + (filter.map { ["--filter", $0] } ?? [])
      + ["--", folder.url.path]
    process.environment = ProcessInfo.processInfo.environment.merging(
      [KernelPath.variable: path]
    ) { _, forced in forced }
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0, process.terminationReason == .exit else {
      throw CommandFailure(.unforeseen, "the run on the kernel path \(path) did not end well")
    }
    return data
  }
}

extension VectorReportFormat: ExpressibleByArgument {}
