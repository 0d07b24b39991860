"""Conditions made at random, with constants that values are near to."""

from common.columns import Code, Date, Number, decimal_text
from common.predicates import And, Between, Compare, Constant, DatePart, In, Is, IsNull, Like, Not, Or, number


def leaf(claims, generator):
    """A condition on one column, with a constant that some value is near to."""
    column = generator.choice(
        claims.indexed + [claims.region, claims.year, claims.note, claims.seen, claims.tax]
    )
    if generator.random() < 0.1:
        return IsNull(column, generator.random() < 0.5)
    negated = generator.random() < 0.3

    def constant():
        if generator.random() < 0.05:
            return Constant.of(None)
        value = claims.value(column, generator)
        while value is None:
            value = claims.value(column, generator)
        if isinstance(column, Number):
            return number(decimal_text(value, column.scale))
        return Constant.of(value)

    if column is claims.paid:
        return Compare(column, generator.choice(["<", ">="]), number(generator.choice(["0", "0.01", "50"])))
    if isinstance(column, Date) and generator.random() < 0.3:
        part = generator.choice(["year", "quarter", "month", "day"])
        value = generator.choice([1, 2, 4, 12, 29, 2007, 2008])
        return DatePart(part, column, generator.choice(["=", "<", ">=", "<>"]), number(str(value)))
    if isinstance(column, Code) and generator.random() < 0.4:
        return Like(column, generator.choice(["E", "V0", "12", "2"]), negated=negated)
    form = generator.random()
    if form < 0.2:
        return In(column, [constant() for _ in range(generator.randint(1, 5))], negated)
    if form < 0.35:
        return Between(column, constant(), constant(), negated)
    return Compare(column, generator.choice(["=", "<>", "<", "<=", ">", ">="]), constant())


def tree(claims, generator, size):
    if size == 1:
        return leaf(claims, generator)
    form = generator.random()
    if form < 0.15:
        return Not(tree(claims, generator, size))
    if form < 0.22:
        return Is(tree(claims, generator, size), generator.choice(["TRUE", "NOT TRUE", "FALSE", "UNKNOWN"]))
    left = generator.randint(1, size - 1)
    parts = tree(claims, generator, left), tree(claims, generator, size - left)
    return And(*parts) if generator.random() < 0.6 else Or(*parts)
