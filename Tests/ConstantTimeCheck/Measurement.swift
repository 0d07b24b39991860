import CMemcheck

/// Does an operation and prints how many reports memcheck made meanwhile.
func measure<Result>(_ name: String, _ operation: () throws -> Result) rethrows -> Result {
  let before = memcheck_report_count()
  let result = try operation()
  print("  \(name): \(memcheck_report_count() - before) reports")
  return result
}

/// Why a check says nothing.
enum CheckError: Error {
  /// The key's primes came back without the mark.
  case markWasLost
  /// What was decrypted is not what was encrypted.
  case wrongResult(String)
}
