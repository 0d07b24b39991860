"""What stories are written with."""

from common.columns import Text
from stories.circuits import RECORDS, Term, value
from stories.plans import TRUE, Aggregate, Group, Total

REGION = Text("region", protect="clear")
EVERYWHERE = Group([], [[([], [], TRUE)]])


def lattice(kind, name=None, slice=0):
    return Total("lattice", kind, name, slice)


def paillier(kind, name=None, slice=0):
    return Total("paillier", kind, name, slice)


def counted(index):
    return Aggregate("count", [index])


def columns(*shown):
    """What SELECT shows: keys by name, aggregates by number."""
    return [("key", 0) if shown == "key" else ("aggregate", shown) for shown in shown]


def amounts(generator, column, count):
    """Random values of a number column, both ends among them."""
    values = [generator.randint(column.low, column.high) for _ in range(count - 2)]
    return [column.low, column.high] + values


def plain_terms(group, total, limb):
    """Sums of stored columns alone."""
    return [Term(value(total.name, limb) if total.name else RECORDS)]
