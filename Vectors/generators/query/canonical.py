"""The one form that the canonical text has for conditions and aggregates."""

from common.aggregates import Case, Constant, Count, Negative, Value
from common.predicates import And, Between, Compare, DatePart, In, Is, IsNull, Like, Not, Or, Truth


def canonical(condition):
    """A condition in the one form that the canonical text has for it."""
    if isinstance(condition, Truth):
        return condition.sql()
    if isinstance(condition, Not):
        return negated(condition.operands[0])
    if isinstance(condition, (And, Or)):
        parts = [canonical(operand) for operand in flat(condition)]
        inner = [type(operand) for operand in flat(condition)]
        word = " AND " if isinstance(condition, And) else " OR "
        return word.join(f"({text})" if kind in (And, Or) else text for text, kind in zip(parts, inner))
    if isinstance(condition, Is):
        operand = condition.operands[0]
        text = canonical(operand if condition.word.endswith("TRUE") else Not(operand))
        return f"({text}) IS {'NOT ' if condition.word.startswith('NOT ') else ''}TRUE"
    return leaf(condition)


def flat(condition):
    """The operands, those of an AND in an AND, or an OR in an OR, among them."""
    for operand in condition.operands:
        if type(operand) is type(condition):
            yield from flat(operand)
        else:
            yield operand


def negated(condition):
    """NOT of a condition: some have a negated form of their own."""
    if isinstance(condition, (Between, In, Like, IsNull)) and not condition.negated:
        return leaf(condition, " NOT")
    if isinstance(condition, Is) and not condition.word.startswith("NOT "):
        return canonical(Is(condition.operands[0], "NOT " + condition.word))
    return f"NOT ({canonical(condition)})"


def constant(value):
    """A constant: dates are plain strings."""
    return value.sql.removeprefix("DATE ")


def leaf(condition, negation=""):
    name = condition.column.name
    if getattr(condition, "negated", False):
        negation = " NOT"
    if isinstance(condition, Compare):
        return f"{name} {condition.symbol} {constant(condition.constant)}"
    if isinstance(condition, DatePart):
        return f"extract({condition.part} FROM {name}) {condition.symbol} {constant(condition.constant)}"
    if isinstance(condition, Between):
        return f"{name}{negation} BETWEEN {constant(condition.low)} AND {constant(condition.high)}"
    if isinstance(condition, In):
        members = list(dict.fromkeys(map(constant, condition.constants)))
        return f"{name}{negation} IN ({', '.join(members)})"
    if isinstance(condition, Like):
        pattern = condition.prefix if condition.exact else condition.prefix + "%"
        return f"{name}{negation} LIKE '" + pattern.replace("'", "''") + "'"
    return f"{name} IS{negation} NULL"


def canonical_value(value, strength=0):
    """What an aggregate is taken over; + and - bind with 1, * with 2."""
    if isinstance(value, (Value, Constant)):
        return value.sql()
    if isinstance(value, Negative):
        inner = canonical_value(value.operand, 3)
        return f"-({inner})" if inner.startswith("-") else f"-{inner}"
    if isinstance(value, Case):
        branches = "".join(f"WHEN {canonical(c)} THEN {canonical_value(v)} " for c, v in value.branches)
        last = f"ELSE {canonical_value(value.otherwise)} " if value.otherwise else ""
        return f"CASE {branches}{last}END"
    own = 2 if value.symbol == "*" else 1
    text = f"{canonical_value(value.left, own)} {value.symbol} {canonical_value(value.right, own + 1)}"
    return f"({text})" if own < strength else text


def canonical_aggregate(aggregate):
    if isinstance(aggregate, Count):
        inner = "*" if aggregate.column is None else aggregate.column.name
        text = f"count({'DISTINCT ' if aggregate.distinct else ''}{inner})"
    else:
        text = f"{aggregate.function}({', '.join(map(canonical_value, aggregate.arguments))})"
    return text + (f" FILTER (WHERE {canonical(aggregate.where)})" if aggregate.where else "")
