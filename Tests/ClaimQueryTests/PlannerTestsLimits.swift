import ClaimQuery
import ClaimSchema
import Testing

/// Queries that are too large or too deep.
@Suite struct PlannerTestsLimits {
  private typealias Q = PlannerQuery

  @Test func moreFactorsThanTheDepthHolds() throws {
    let sum = [Q.aggregate(.sum, "w")]
    let both = Predicate.and([Q.equals("x", "a"), Q.equals("y", "1")])
    #expect(try Q.refusal(Q.make(sum, where: both), depth: 1) == .tooDeep(factors: 3, depth: 1))
    #expect(try Q.refusal(Q.make(sum, where: both), depth: 2) == nil)
    #expect(try Q.refusal(Q.make(where: both), depth: 1) == nil)
    #expect(try Q.refusal(Q.make(where: both), depth: 0) == .tooDeep(factors: 2, depth: 0))
    #expect(try Q.refusal(Q.make(sum, where: Q.equals("t", "a")), depth: 0) == nil)
  }

  @Test func moreGroupsThanTheLimit() throws {
    let numbers = ["n", "o"].map {
      PlannerFixture.column(
        $0, .integer(range: 0...99, bands: nil), .encrypted, [.filter], nullable: false)
    }
    let schema = Schema(
      table: "claims", capacity: 10, depth: 5, disclosure: DisclosureSettings(), columns: numbers)
    func limit(_ predicate: Predicate?) -> Int? {
      do throws(QueryError) {
        _ = try Planner(schema: schema).plan(Q.make(where: predicate, by: ["n", "o"]))
        return nil
      } catch {
        guard case .tooLarge("hidden groups", let count, 4096, _) = error else { return -1 }
        return count
      }
    }
    #expect(limit(nil) == 10_000)
    #expect(limit(.comparison(Q.reference("n"), .less, Q.number("41"))) == 4_100)
    #expect(limit(.comparison(Q.reference("n"), .less, Q.number("1"))) == nil)
  }

  @Test func moreCasesThanTheLimit() throws {
    let clear = (0..<13).map {
      PlannerFixture.column("t\($0)", .text, .clear, [])
    }
    let hidden = PlannerFixture.column(
      "n", .integer(range: 0...99, bands: nil), .encrypted, [.filter])
    let schema = Schema(
      table: "claims", capacity: 10, depth: 2, disclosure: DisclosureSettings(),
      columns: clear + [hidden])
    let alternatives = (0..<13).map { index in
      Predicate.and([
        Q.equals("t\(index)", "a"),
        .comparison(Q.reference("n"), .equal, Q.number(String(index))),
      ])
    }
    do throws(QueryError) {
      _ = try Planner(schema: schema).plan(Q.make(where: .or(alternatives)))
      Issue.record("planned")
    } catch {
      guard case .tooLarge(_, _, 4096, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func moreProductsThanTheLimit() throws {
    let columns = (0..<26).map {
      PlannerFixture.column("x\($0)", .category(values: ["a", "b", "c"]), .encrypted, [.filter])
    }
    let pairs = (0..<13).map { index in
      Predicate.or([Q.equals("x\(2 * index)", "a"), Q.equals("x\(2 * index + 1)", "b")])
    }
    func refusal(depth: Int) -> QueryError? {
      let schema = Schema(
        table: "claims", capacity: 10, depth: depth, disclosure: DisclosureSettings(),
        columns: columns)
      do throws(QueryError) {
        _ = try Planner(schema: schema).plan(Q.make(where: .and(pairs)))
        return nil
      } catch {
        return error
      }
    }
    // Thirteen factors of depth 1 fit depth 5; distributed they are 2^13 products.
    #expect(refusal(depth: 5) == nil)
    guard case .tooLarge(_, _, 4096, let remedy)? = refusal(depth: 4) else {
      Issue.record("\(String(describing: refusal(depth: 4)))")
      return
    }
    #expect(remedy.contains("depth"))
  }
}
