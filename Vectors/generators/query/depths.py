"""How deep the circuit of a condition is at least."""

from common.predicates import And, Is, IsNull, Not, Truth, depth_of, relevant_digits


def depths(condition, depth, flat):
    """The least depth of a condition in which no column stands twice, and where its factors are in one
    product, or in one alternative of them, the depth itself."""
    columns = condition.columns()
    if len(columns) != len(set(columns)) or holds_unknown(condition):
        return {}
    factors = factors_of(condition)
    assert depth_of(factors) <= depth
    return {"least_depth": depth_of(factors), **({"depth": depth_of(factors)} if flat else {})}


def holds_unknown(condition):
    """Whether a part stands for two (that it is not TRUE, and not FALSE), or compares a clear column with
    NULL, which may make it a constant."""
    if isinstance(condition, Is) and condition.word.endswith("UNKNOWN"):
        return True
    if not condition.operands and "NULL" in condition.sql() and not isinstance(condition, (IsNull, Truth)):
        return condition.column.protect == "clear"
    return any(holds_unknown(operand) for operand in condition.operands)


def factors_of(condition, truth=True):
    """The degree, in the indicators, of the polynomial that is 1 where the condition has this truth
    value. Indicators of different columns are independent, so degrees add."""
    return degree(condition, truth)[0]


def degree(condition, truth):
    """The degree, and the value of a polynomial that is constant (None for others)."""
    if isinstance(condition, Truth):
        return 0, condition.truth is truth
    if isinstance(condition, Not):
        return degree(condition.operands[0], not truth)
    if isinstance(condition, Is):
        inner = degree(condition.operands[0], condition.word.endswith("TRUE"))
        negated = condition.word.startswith("NOT ") == truth
        return inner[0], inner[1] if inner[1] is None else inner[1] != negated
    if condition.operands:
        # A product where all have to hold, else the complement of the product of complements.
        decisive = isinstance(condition, And) != truth
        parts = [degree(operand, truth) for operand in condition.operands]
        if any(value is decisive for _, value in parts):
            return 0, decisive
        open_parts = [part for part, value in parts if value is None]
        return (sum(open_parts), None) if open_parts else (0, not decisive)
    column = condition.column
    holds = (
        {
            value: condition.value({column.name: value}) is truth
            for value in [*column.everything(), *([None] if column.nullable else [])]
        }
        if column.protect != "clear"
        else {}
    )
    if holds and len(set(holds.values())) == 1:
        return 0, holds.popitem()[1]
    return (relevant_digits(column, holds.get) if holds else 0), None
