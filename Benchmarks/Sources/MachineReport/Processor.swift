import Foundation

/// What the system tells about the processor.
struct Processor {
  let name: String
  /// Those that arithmetic on residues and long numbers can use.
  let extensions: [String]

  private static let wanted: Set = [
    "avx2", "bmi2", "adx", "avx512f", "avx512dq", "avx512vl", "avx512ifma", "asimd", "sve", "sve2",
  ]

  static var current: Processor {
    #if os(macOS)
      Processor(name: systemText("machdep.cpu.brand_string") ?? "unknown", extensions: ["neon"])
    #else
      fromSystemFile
    #endif
  }

  #if os(macOS)
    private static func systemText(_ name: String) -> String? {
      var size = 0
      guard sysctlbyname(name, nil, &size, nil, 0) == 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname(name, &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  #else
    /// /proc/cpuinfo describes every processor in lines of a name, a colon and a value.
    private static var fromSystemFile: Processor {
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      func value(_ names: [String]) -> String? {
        for line in text.split(separator: "\n") {
          let parts = line.split(separator: ":", maxSplits: 1)
          guard parts.count == 2 else { continue }
          if names.contains(parts[0].trimmingCharacters(in: .whitespaces)) {
            return parts[1].trimmingCharacters(in: .whitespaces)
          }
        }
        return nil
      }
      let flags = value(["flags", "Features"])?.split(separator: " ").map(String.init) ?? []
      return Processor(
        name: value(["model name", "CPU part"]) ?? "unknown",
        extensions: flags.filter { wanted.contains($0) })
    }
  #endif
}
