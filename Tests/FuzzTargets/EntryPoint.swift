import Foundation

/// The target that this process was started for.
private let chosen = Result { try FuzzTargets.chosen() }

/// Called by libFuzzer before the first input. What is asked for instead of fuzzing ends here.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  do {
    if try FuzzTargets.answerRequest() { exit(0) }
    _ = try chosen.get()
  } catch {
    FileHandle.standardError.write(Data("fuzz: \(error)\n".utf8))
    exit(2)
  }
  return 0
}

/// Called by libFuzzer for each input. A defect stops the process, which libFuzzer reports.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    let target = try chosen.get()
    try target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}
