"""Whole stories: a schema, keys, tables, a query, and every step up to the released rows."""

from common.vectorfile import VectorFile
from stories import queries, refusals


def files():
    file = VectorFile(
        "story/stories.json",
        "story.claims",
        "Whole stories from the schema to the released rows, with what every step gives.",
        "stories",
        queries.FLAGS | refusals.FLAGS,
    )
    queries.add_to(file)
    refusals.add_to(file)
    return [file]
