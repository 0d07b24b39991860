internal import CBigIntegerKernels

/// The products of many public residues modulo a public square, one product for each of several
/// groups, in one pass.
///
/// Residues wait until eight are there and are then taken in together, without conversion to
/// Montgomery form: each leaves two divisions by R too many, which are made good at the end. Of
/// eight residues, the first of its group goes to the group's first partial product, the second to
/// its second, and so on, so that eight different partial products meet them however they are
/// distributed. Memory grows with the groups that occur, never with the residues.
package struct LaneProducts: Sendable {
  package let modulus: LaneModulus
  package let groupCount: Int

  /// Residues that wait, in `residueLimbCount` limbs each, and their groups.
  private var waiting: [UInt]
  private var waitingGroups: [Int] = []

  /// For each group where its partial products stand, in the order in which they were first needed.
  private var places: [[Int]]
  /// Partial products as pairs of 2 h digits, divided by R as often as `divisions` says. The one at
  /// place 0 is of no group: it fills lanes for which there is nothing to do.
  private var partials: [UInt]
  private var divisions: [Int]

  /// The partial products of the last step, which are newer than those in `partials`. They stay
  /// until others are needed: with one group there is nothing to gather and to scatter.
  private var active: [UInt]
  private var activePlaces: [Int]
  /// A pair and a pair's worth of digits for the residues of a step, and the kernels' scratch.
  private var work: [UInt]

  /// Empty products, 1 each. Nil unless the modulus is public and the number of groups not negative.
  package init?(modulus: LaneModulus, groupCount: Int) {
    guard modulus.publicSquare != nil, groupCount >= 0 else { return nil }
    self.modulus = modulus
    self.groupCount = groupCount
    let (lanes, words) = (LaneModulus.laneCount, modulus.pairWordCount)
    waiting = [UInt](repeating: 0, count: lanes * modulus.residueLimbCount)
    places = [[Int]](repeating: [], count: groupCount)
    partials = []
    divisions = []
    active = [UInt](repeating: 0, count: words)
    activePlaces = [Int](repeating: 0, count: lanes)
    work = [UInt](repeating: 0, count: 2 * words + modulus.scratchCount)
    _ = appendPartial()
    for lane in 0..<lanes { active[lane] = 1 }
  }

  /// Multiplies the group's product by a residue; false, and nothing done, unless it has
  /// `residueLimbCount` limbs and the group exists. The residue is below the modulus's square.
  package mutating func add(_ residue: [UInt], to group: Int) -> Bool {
    let limbs = modulus.residueLimbCount
    guard residue.count == limbs, places.indices.contains(group) else { return false }
    let first = waitingGroups.count * limbs
    waiting.withUnsafeMutableBufferPointer { waiting in
      _ = waiting[first..<first + limbs].update(fromContentsOf: residue)
    }
    waitingGroups.append(group)
    if waitingGroups.count == LaneModulus.laneCount { takeWaiting() }
    return true
  }

  /// Multiplies each group's product by the other's; false, and nothing done, unless both have the
  /// same modulus and as many groups.
  package mutating func merge(_ other: LaneProducts) -> Bool {
    guard other.modulus.publicSquare == modulus.publicSquare, other.groupCount == groupCount
    else { return false }
    activate([Int](repeating: 0, count: LaneModulus.laneCount))
    var settled = other
    settled.activate(activePlaces)
    var pairs: [(mine: Int, other: Int)] = []
    for (group, otherPlaces) in settled.places.enumerated() {
      for (index, place) in otherPlaces.enumerated() {
        if index < places[group].count {
          pairs.append((places[group][index], place))
        } else {
          let mine = appendPartial()
          places[group].append(mine)
          settled.copyPartial(at: place, to: mine, of: &self)
        }
      }
    }
    multiply(pairs, from: settled)
    for (index, group) in other.waitingGroups.enumerated() {
      let limbs = modulus.residueLimbCount
      _ = add(Array(other.waiting[index * limbs..<(index + 1) * limbs]), to: group)
    }
    return true
  }

  /// The group's product in [0, m²); nil for a group that there is not.
  package func value(of group: Int) -> BigInteger? {
    guard places.indices.contains(group), let square = modulus.publicSquare else { return nil }
    var product = BigInteger(1)
    var exponent = 0
    for (place, partial) in zip(places[group], partialProducts(of: group)) {
      product = (product * partial).reduced(modulo: square) ?? 0
      exponent += divisions[place]
    }
    let limbs = modulus.residueLimbCount
    for (index, waitingGroup) in waitingGroups.enumerated() where waitingGroup == group {
      let residue = BigInteger(limbs: waiting[index * limbs..<(index + 1) * limbs])
      product = (product * residue).reduced(modulo: square) ?? 0
    }
    let radix = BigInteger(1) << (modulus.digitCount * LaneModulus.digitBitCount)
    let correction = radix.power(variableTime: BigInteger(exponent), modulo: square) ?? 0
    return (product * correction).reduced(modulo: square)
  }

  /// Multiplies the eight partial products concerned by the residues that wait.
  private mutating func takeWaiting() {
    var needed: [Int] = []
    for (index, group) in waitingGroups.enumerated() {
      let earlier = waitingGroups[..<index].count { $0 == group }
      if earlier == places[group].count { places[group].append(appendPartial()) }
      needed.append(places[group][earlier])
    }
    activate(needed)
    for place in needed { divisions[place] += 2 }
    waitingGroups.removeAll(keepingCapacity: true)

    let (modulus, words) = (modulus, modulus.pairWordCount)
    withBuffers { active, work, waiting in
      let (pair, digits, scratch) = (work, work + words, work + 2 * words)
      modulus.split(pair, residues: waiting, digits: digits, scratch: scratch)
      modulus.multiply(active, active, pair, scratch: scratch)
    }
  }

  /// Multiplies partial products by another's.
  private mutating func multiply(_ pairs: [(mine: Int, other: Int)], from other: LaneProducts) {
    let (lanes, digits) = (LaneModulus.laneCount, 2 * modulus.digitCount)
    let (modulus, words) = (modulus, modulus.pairWordCount)
    for first in stride(from: 0, to: pairs.count, by: lanes) {
      let step = pairs[first..<min(first + lanes, pairs.count)]
      let filling = [Int](repeating: 0, count: lanes - step.count)
      activate(step.map(\.mine) + filling)
      let otherPlaces = step.map(\.other) + filling
      withBuffers { active, work, _ in
        cryptally_lanes_gather(work, digits, other.partials, otherPlaces)
        modulus.multiply(active, active, work, scratch: work + words)
      }
      for (mine, place) in step { divisions[mine] += other.divisions[place] + 1 }
    }
  }

  /// Brings the partial products at these places into the lanes.
  private mutating func activate(_ needed: [Int]) {
    guard needed != activePlaces else { return }
    let digits = 2 * modulus.digitCount
    active.withUnsafeMutableBufferPointer { active in
      partials.withUnsafeMutableBufferPointer { partials in
        if let active = active.baseAddress, let partials = partials.baseAddress {
          cryptally_lanes_scatter(partials, activePlaces, active, digits)
          cryptally_lanes_gather(active, digits, partials, needed)
        }
      }
    }
    activePlaces = needed
  }

  /// Room for one more partial product, 1.
  private mutating func appendPartial() -> Int {
    partials.append(1)
    partials.append(contentsOf: repeatElement(0, count: 2 * modulus.digitCount - 1))
    divisions.append(0)
    return divisions.count - 1
  }

  /// Copies a partial product that is not active.
  private func copyPartial(at place: Int, to otherPlace: Int, of other: inout LaneProducts) {
    let digits = 2 * modulus.digitCount
    for index in 0..<digits {
      other.partials[otherPlace * digits + index] = partials[place * digits + index]
    }
    other.divisions[otherPlace] = divisions[place]
  }

  /// The group's partial products as numbers below 2 m + 2 m².
  private func partialProducts(of group: Int) -> [BigInteger] {
    let (lanes, digits) = (LaneModulus.laneCount, modulus.digitCount)
    // A group has at most as many partial products as there are lanes.
    var pairs = [UInt](repeating: 0, count: modulus.pairWordCount)
    for (lane, place) in places[group].enumerated() {
      let activeLane = activePlaces.firstIndex(of: place)
      for digit in 0..<2 * digits {
        pairs[digit * lanes + lane] =
          activeLane.map { active[digit * lanes + $0] } ?? partials[place * 2 * digits + digit]
      }
    }
    let root = modulus.root.declassified()
    let limbs = SecretInteger.limbCount(bits: modulus.rootBitCount + 1)
    var parts = [[UInt]](repeating: [UInt](repeating: 0, count: lanes * limbs), count: 2)
    pairs.withUnsafeBufferPointer { pairs in
      guard let pairs = pairs.baseAddress else { return }
      for index in 0..<2 {
        cryptally_lanes_store(&parts[index], limbs, pairs + index * lanes * digits, digits)
      }
    }
    return places[group].indices.map { lane in
      let range = lane * limbs..<(lane + 1) * limbs
      return BigInteger(limbs: parts[0][range]) + BigInteger(limbs: parts[1][range]) * root
    }
  }

  private mutating func withBuffers(
    _ body: (
      _ active: UnsafeMutablePointer<UInt>, _ work: UnsafeMutablePointer<UInt>,
      _ waiting: UnsafePointer<UInt>
    ) -> Void
  ) {
    active.withUnsafeMutableBufferPointer { active in
      work.withUnsafeMutableBufferPointer { work in
        waiting.withUnsafeBufferPointer { waiting in
          if let active = active.baseAddress, let work = work.baseAddress,
            let waiting = waiting.baseAddress
          {
            body(active, work, waiting)
          }
        }
      }
    }
  }
}
