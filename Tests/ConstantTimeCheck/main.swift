import BFV
import BigInteger
import CMemcheck
import Foundation

// Memcheck turns what it has to report into the exit status: see Tools/constant-time.sh.
let usage = """
  usage: valgrind --error-exitcode=9 ConstantTimeCheck
    (paillier BITS KERNEL | lattice SET KERNEL | branch | index)
  """

func fail(_ message: String) -> Never {
  print(message)
  exit(2)
}

guard memcheck_is_running() != 0 else { fail(usage) }
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "paillier" where arguments.count == 3:
  guard let bitCount = Int(arguments[1]) else { fail(usage) }
  guard IntegerKernels.chosen.name == arguments[2] else {
    fail("the kernel is \(IntegerKernels.chosen.name), not \(arguments[2])")
  }
  for hasShortExponents in [true, false] {
    print("\(arguments[2]), \(bitCount) bits, \(hasShortExponents ? "short" : "full") exponents")
    try PaillierOperations(bitCount: bitCount, hasShortExponents: hasShortExponents).run()
  }
case "lattice" where arguments.count == 3:
  guard let parameters = NamedParameters(rawValue: arguments[1]) else { fail(usage) }
  guard BFV.Evaluator.kernelPath == arguments[2] else {
    fail("the kernel is \(BFV.Evaluator.kernelPath), not \(arguments[2])")
  }
  print("\(arguments[2]), \(parameters.rawValue)")
  try LatticeOperations(parameters).run()
case "branch": Leaks.branch()
case "index": Leaks.tableIndex()
default: fail(usage)
}
