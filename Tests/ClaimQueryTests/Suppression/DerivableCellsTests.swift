import BigInteger
import ClaimQuery
import Testing
import _TestSupport

@Suite struct DerivableCellsTests {
  private func cells(_ shown: [[Int]], atoms: Int) -> DerivableCells {
    var cells = DerivableCells(atomCount: atoms)
    for set in shown { cells.show(bits(set, atoms), value: 0) }
    return cells
  }

  private func bits(_ atoms: [Int], _ count: Int) -> [Bool] {
    (0..<count).map(atoms.contains)
  }

  @Test(
    arguments: [
      // A whole and a part give the other part.
      ([[0, 1], [0]], [1], true), ([[0, 1], [0]], [0], true), ([[0, 1]], [0], false),
      // Three pairs give each single one, by halves.
      ([[0, 1], [1, 2], [0, 2]], [0], true), ([[0, 1], [1, 2]], [0], false),
      // Inclusion and exclusion: |A ∪ B| = |A| + |B| − |A ∩ B|.
      ([[0, 1], [1, 2], [1]], [0, 1, 2], true), ([[0, 1], [1, 2]], [0, 1, 2], false),
      ([], [], true), ([], [0], false), ([[0, 1], [2, 3]], [0, 1, 2, 3], true),
      ([[0, 1], [2, 3], [0, 2]], [1, 3], true), ([[0, 1], [2, 3], [0, 2]], [1, 2], false),
    ] as [([[Int]], [Int], Bool)])
  func sumsAndDifferencesAreFound(shown: [[Int]], cell: [Int], follows: Bool) {
    #expect(cells(shown, atoms: 4).follows(bits(cell, 4)) == follows)
  }

  /// A cell follows exactly when no change of the atoms' counts leaves every shown cell as it is and
  /// alters this one. Small changes are tried one by one.
  @Test func agreesWithTryingEveryChange() {
    var random = SeededGenerator(seed: 11)
    let atoms = 5
    var changes: [[Int]] = [[]]
    for _ in 0..<atoms { changes = changes.flatMap { head in (-3...3).map { head + [$0] } } }
    func total(_ change: [Int], _ set: [Bool]) -> Int {
      zip(change, set).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    }
    var following = 0
    for _ in 0..<60 {
      let shown = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        (0..<atoms).map { _ in Bool.random(using: &random) }
      }
      var cells = DerivableCells(atomCount: atoms)
      for set in shown { cells.show(set, value: 0) }
      let silent = changes.filter { change in shown.allSatisfy { total(change, $0) == 0 } }
      for number in 0..<32 {
        let cell = (0..<atoms).map { number >> $0 & 1 == 1 }
        let isFixed = silent.allSatisfy { total($0, cell) == 0 }
        #expect(cells.follows(cell) == isFixed)
        following += isFixed ? 1 : 0
      }
    }
    #expect(following > 200)
  }

  @Test func manyAtomsAreTakenApart() {
    let count = DerivableCells.atomLimit
    var cells = DerivableCells(atomCount: count)
    // Every prefix but one: all atoms but the two beside the gap follow.
    for length in 1...count where length != 40 {
      cells.show((0..<count).map { $0 < length }, value: BigInteger(length * length))
    }
    #expect(cells.follows((0..<count).map { $0 == 7 }))
    #expect(!cells.follows((0..<count).map { $0 == 39 }))
    #expect(!cells.follows((0..<count).map { $0 == 40 }))
    #expect(cells.follows((0..<count).map { $0 == 39 || $0 == 40 }))
    // Atom i holds the i-th odd number.
    #expect(cells.value(of: (0..<count).map { $0 == 7 }) == 15)
    #expect(cells.value(of: (0..<count).map { $0 == 39 || $0 == 40 }) == 160)
    #expect(cells.value(of: (0..<count).map { $0 == 39 }) == nil)
  }

  @Test func valuesFollowToo() {
    var cells = DerivableCells(atomCount: 3)
    cells.show([true, true, false], value: 12)
    cells.show([false, true, true], value: 15)
    cells.show([true, false, true], value: 9)
    // Half of each pair's sum: 3, 9 and 6.
    #expect(cells.value(of: [true, false, false]) == 3)
    #expect(cells.value(of: [false, true, false]) == 9)
    #expect(cells.value(of: [false, false, true]) == 6)
    #expect(cells.value(of: [true, true, true]) == 18)
  }
}
