"""Other spellings of a query."""


class Speller:
    """Writes SQL tokens in another spelling with the same meaning."""

    WORDS = {
        "select",
        "from",
        "where",
        "and",
        "or",
        "not",
        "in",
        "between",
        "like",
        "is",
        "null",
        "case",
        "when",
        "then",
        "else",
        "end",
        "group",
        "by",
        "filter",
        "as",
        "extract",
        "having",
        "true",
        "false",
        "order",
        "desc",
        "limit",
        "offset",
        "claims",
        "distinct",
    }

    def __init__(self, generator):
        self._generator = generator

    def spell(self, sql):
        """Every blank outside of quotes may be wider, every key word in other letters."""
        parts = sql.split("'")
        for place in range(0, len(parts), 2):
            words = parts[place].split(" ")
            parts[place] = "".join(
                self._word(word) + (self._blank(after=word) if number < len(words) - 1 else "")
                for number, word in enumerate(words)
            )
        return "'".join(parts)

    def _word(self, word):
        bare = word.strip("(),")
        if bare.lower() in self.WORDS:
            style = self._generator.choice([str.lower, str.upper, str.title])
            return word.replace(bare, style(bare))
        if word == "<>":
            return self._generator.choice(["<>", "!="])
        return word

    def _blank(self, after):
        """No comment where the grammar looks ahead: libpg_query does not look past it."""
        comments = [] if after in ("NOT", "NULLS") else [" /* so */ ", " -- so\n"]
        return self._generator.choice([" ", " ", " ", "  ", "\n", "\t", *comments])
