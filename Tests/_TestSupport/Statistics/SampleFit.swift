import Foundation

/// How numbers fit a distribution: for each statistic the chance that numbers which do come from it
/// deviate as much or more.
public struct SampleFit: CustomStringConvertible {
  /// What was looked at, with that chance.
  public private(set) var chances: [(statistic: String, chance: Double)] = []

  /// Below this chance numbers are not taken to be of the distribution. With a fixed seed the outcome
  /// never changes; about one seed in 50,000 would be unlucky.
  public static let threshold = 1e-6

  /// Nothing looked at yet.
  init() {}

  /// Looks at the range, the first four moments, both tails together, all frequencies (Pearson's
  /// chi-square), and correlations with what came 1 to 8 and 64 numbers before.
  public init(_ sample: [Int], _ distribution: DiscreteDistribution) {
    var counts = [Int](repeating: 0, count: distribution.range.count)
    for value in sample where distribution.range.contains(value) {
      counts[value - distribution.range.lowerBound] += 1
    }
    let outside = sample.count - counts.reduce(0, +)
    add("\(outside) numbers outside of \(distribution.range)", outside == 0 ? 1 : 0)
    addMoments(counts, distribution)
    addTails(counts, distribution)
    addChiSquare("frequencies", counts, distribution.chances)
    addCorrelations(
      sample.map { Double($0) - distribution.mean }, variance: distribution.variance)
  }

  /// The statistics that speak against the distribution.
  public var rejections: [String] {
    chances.filter { !($0.chance >= SampleFit.threshold) }.map { "\($0.statistic): \($0.chance)" }
  }

  /// All statistics, a line each.
  public var description: String {
    chances.map { "\($0.statistic): \($0.chance)" }.joined(separator: "\n")
  }

  mutating func add(_ statistic: String, _ chance: Double) {
    chances.append((statistic, chance))
  }

  private mutating func addMoments(_ counts: [Int], _ distribution: DiscreteDistribution) {
    let (mean, count) = (distribution.mean, Double(counts.reduce(0, +)))
    for (order, name) in [(1, "mean"), (2, "variance"), (3, "skew"), (4, "kurtosis")] {
      let expected = distribution.centralMoment(order)
      let spread = distribution.centralMoment(2 * order) - expected * expected
      let sum = zip(distribution.range, counts).reduce(0) {
        $0 + pow(Double($1.0) - mean, Double(order)) * Double($1.1)
      }
      // Even moments of two equally likely numbers have no spread.
      let error = max((spread / count).squareRoot(), 1e-12 * max(abs(expected), 1))
      add(
        "\(name) \(sum / count), expected \(expected)",
        TailProbability.normal((sum / count - expected) / error))
    }
  }

  /// As far out as 100 numbers or more are expected.
  private mutating func addTails(_ counts: [Int], _ distribution: DiscreteDistribution) {
    let (mean, count) = (distribution.mean, Double(counts.reduce(0, +)))
    let outwards = zip(distribution.range, zip(counts, distribution.chances))
      .map { (distance: abs(Double($0) - mean), found: $1.0, expected: $1.1 * count) }
      .sorted { $0.distance > $1.distance }
    var (found, expected) = (0, 0.0)
    for (index, number) in outwards.enumerated() {
      found += number.found
      expected += number.expected
      // Both ends of a distance together.
      let isWhole = index + 1 == outwards.count || outwards[index + 1].distance < number.distance
      guard isWhole, expected >= 100 else { continue }
      if expected < count / 10 {
        add(
          "\(found) numbers \(number.distance) or more from the mean, expected \(expected)",
          TailProbability.poisson(found, mean: expected))
      }
      return
    }
  }

  /// Pearson's statistic of counts with their chances. Neighbours in which fewer than ten are expected
  /// count together.
  mutating func addChiSquare(_ name: String, _ counts: [Int], _ chances: [Double]) {
    let total = Double(counts.reduce(0, +))
    var bins: [(found: Double, expected: Double)] = []
    var open = (found: 0.0, expected: 0.0)
    for (count, chance) in zip(counts, chances) {
      open.found += Double(count)
      open.expected += chance * total
      if open.expected >= 10 {
        bins.append(open)
        open = (0, 0)
      }
    }
    if let last = bins.popLast() {
      bins.append((last.found + open.found, last.expected + open.expected))
    }
    guard bins.count > 1 else { return }
    let statistic = bins.reduce(0) {
      $0 + ($1.found - $1.expected) * ($1.found - $1.expected) / $1.expected
    }
    add(
      "\(name), chi-square \(statistic) of \(bins.count - 1)",
      TailProbability.chiSquare(statistic, degreesOfFreedom: bins.count - 1))
  }

  /// - Parameter centred: numbers less their mean.
  mutating func addCorrelations(_ centred: [Double], variance: Double) {
    guard variance > 0 else { return }
    for lag in [1, 2, 3, 4, 5, 6, 7, 8, 64] where centred.count > 100 * lag {
      let sum = zip(centred, centred.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
      let deviate = sum / (variance * Double(centred.count - lag).squareRoot())
      add("correlation with lag \(lag)", TailProbability.normal(deviate))
    }
  }

  /// A count of events which have the same chance each.
  mutating func addCount(_ name: String, _ found: Int, of total: Int, chance: Double) {
    let spread = (Double(total) * chance * (1 - chance)).squareRoot()
    let difference = Double(found) - Double(total) * chance
    guard spread > 0 else { return add(name, difference == 0 ? 1 : 0) }
    add(name, TailProbability.normal(difference / spread))
  }
}
