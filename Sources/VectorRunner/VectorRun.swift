/// Runs files of vectors on this build, on the kernels of this process.
package struct VectorRun: Sendable {
  private let folder: VectorFolder
  private let filter: VectorFilter
  private let kinds: [String: any VectorKind.Type]

  /// A run over a folder with the kinds that there are.
  package init(_ folder: VectorFolder, filter: VectorFilter = VectorFilter(nil)) {
    self.init(folder, filter: filter, kinds: VectorCatalog.kinds)
  }

  package init(_ folder: VectorFolder, filter: VectorFilter, kinds: [any VectorKind.Type]) {
    self.folder = folder
    self.filter = filter
    self.kinds = Dictionary(kinds.map { ($0.name, $0) }) { first, _ in first }
  }

  /// What every file of the folder says of itself; nil for one that cannot be read.
  package func headers() -> [(file: String, header: VectorFileHeader?)] {
    folder.files.map { file in
      (file, try? VectorFileReader(folder.read(file)).header)
    }
  }

  /// Runs all files.
  package func run() async -> [VectorReport] {
    var reports: [VectorReport] = []
    for file in folder.files { reports.append(await run(file)) }
    return reports
  }

  /// Runs one file. What is wrong with the file itself is a failure too.
  package func run(_ file: String) async -> VectorReport {
    let start = ContinuousClock.now
    var report: VectorReport
    do {
      let reader = try VectorFileReader(folder.read(file))
      let name = reader.header.kind
      guard let kind = kinds[name] else {
        return broken(file, name, "no vectors of kind \(name) are known here")
      }
      report = try await run(kind, file: file, reader)
    } catch {
      return broken(file, "unreadable", "the file is not as its format wants it: \(error)")
    }
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  private func broken(_ file: String, _ kind: String, _ reason: String) -> VectorReport {
    var report = VectorReport(file: file, kind: kind, path: .current)
    report.failures = [VectorFailure(id: nil, name: file, reason: reason)]
    return report
  }

  private func run<Kind: VectorKind>(
    _ kind: Kind.Type, file: String, _ reader: VectorFileReader
  ) async throws -> VectorReport {
    var report = VectorReport(file: file, kind: Kind.name, path: .current)
    let groups = try reader.groups(of: kind)
    for group in groups {
      let wanted = group.cases.filter {
        filter.admits(file: file, kind: Kind.name, group: group.name, $0.header)
      }
      report.skipped += group.cases.count - wanted.count
      guard !wanted.isEmpty else { continue }
      let runner: Kind
      do {
        runner = try Kind(group.parameters, folder: folder.url)
      } catch {
        report.failures.append(
          VectorFailure(id: nil, name: group.name, reason: "the group cannot be run: \(error)"))
        continue
      }
      for vector in wanted {
        if let reason = await failure(of: vector, runner) {
          report.failures.append(
            VectorFailure(
              id: vector.header.id, name: "\(group.name): \(vector.header.comment)",
              reason: reason))
        } else {
          report.passed += 1
        }
      }
    }
    return report
  }

  /// What is wrong with a case; nil if nothing is.
  private func failure<Kind: VectorKind>(
    of vector: VectorCase<Kind>, _ runner: Kind
  ) async -> String? {
    do {
      try await runner.run(vector.content)
    } catch let mismatch as VectorMismatch {
      return mismatch.description
    } catch {
      switch vector.header.result {
      case .valid: return "refused: \(error)"
      case .acceptable: return nil
      case .invalid:
        guard let expected = vector.header.error else { return "the vector names no error" }
        guard !expected.matches(error) else { return nil }
        return "refused as \(type(of: error)): \(error); expected was \(expected.type): "
          + "… \(expected.text) …"
      }
    }
    return vector.header.result == .invalid ? "accepted; it must be refused" : nil
  }
}
