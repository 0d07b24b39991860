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

  /// A path's own process: reports are printed as JSON whatever came of them.
  @Flag(name: .customLong("this-path"), help: .private)
  var thisPath = false

  func run() async throws {
    let folder = try folder.open()
    guard !thisPath else {
      let reports = await VectorRun(folder, filter: VectorFilter(filter)).run()
      StandardStreams.write(try VectorReportFormatter(.json).text(for: reports))
      return
    }
    var reports: [VectorReport] = []
    for path in KernelPath.names {
      reports += try self.reports(folder, onPath: path)
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

  /// The reports of a process of its own: kernels are chosen when a process starts.
  private func reports(
    _ folder: VectorFolder, onPath path: String
  ) throws -> [VectorReport] {
    let process = Process()
    process.executableURL = try Self.executable()
    process.arguments =
      ["vectors", "run", folder.url.path, "--this-path"] + (filter.map { ["--filter", $0] } ?? [])
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
    return try VectorReportFormatter.reports(json: data)
  }

  private static func executable() throws -> URL {
    guard let url = Bundle.main.executableURL else {
      throw CommandFailure(.system, "the command's own file is not to be found")
    }
    return url
  }
}

extension VectorReportFormat: ExpressibleByArgument {}
