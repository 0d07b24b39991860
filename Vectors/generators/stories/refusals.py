"""Answers that a custodian refuses: genuine ones, altered and signed again by the pinned server itself, or
by somebody else."""

import random

from common.bfv import Parameters
from common.columns import Number
from common.primes import rounded
from stories.cases import Story
from stories.keys import Server
from stories.parts import EVERYWHERE, amounts, columns, counted, lattice, paillier, plain_terms
from stories.plans import Aggregate, Plan, column_sum
from stories.records import COST
from stories.schema import Schema

FLAGS = {
    "NotPinned": "The server that signed is not pinned in the secret key.",
    "ExchangedText": "The query's text is another one's.",
    "BrokenSignature": "The signature is not over what the answer says.",
    "ImpossibleTotal": "A total is one that no honest evaluation gives.",
    "Noise": "The noise of a total is too large.",
    "WrongShape": "Parts of the answer are missing, or are not those of its query.",
    "OtherKeys": "The answer belongs to other keys.",
}
REFUSED = ("AnswerError", "refused")


def base(generator):
    """A count, a sum of encrypted amounts and a sum of costs over eleven records."""
    paid = Number("paid", 0, 5000, use=("sum",), nullable=False)
    schema = Schema([paid, COST], capacity=16, depth=0, cohort=1)
    rows = [
        {"paid": a, "cost": b}
        for a, b in zip(amounts(generator, paid, 11), amounts(generator, COST, 11))
    ]
    text = "SELECT count(*), sum(paid), sum(cost) FROM claims"
    plan = Plan(
        text,
        text,
        totals=[lattice("records"), lattice("value", "paid"), paillier("value", "cost")],
        aggregates=[
            counted(0),
            Aggregate("sum", [0], column_sum(1, 0)),
            Aggregate("sum", [0], column_sum(2, 0, 2)),
        ],
        select=columns(0, 1, 2),
        groups=[EVERYWHERE],
        terms=plain_terms,
    )
    return Story(generator, schema, plan, [rows], parameters=Parameters.small(16, 18, 45, 2))


class Forger:
    """What the pinned server, or somebody else, can make of a story's answer."""

    def __init__(self, story, generator):
        self.story, self.answer, self.server = story, story.answer, story.server
        self.other = Server(generator.randbytes(32))

    def shifted(self, index, amount, noise=0):
        """The answer with more in a lattice total: N times the plaintext's constant coefficient is the
        total. `noise` is in units of Q/t."""
        parameters = self.story.layout.parameters
        total = self.story.evaluation.totals[index]
        modulus, t = parameters.product(total.level), parameters.t
        message = amount * pow(parameters.degree, -1, t) % t
        changed = total.first[0] + rounded(modulus * message, t) + int(noise * modulus) // t
        first = [changed % modulus] + total.first[1:]
        totals = list(self.answer.lattice_totals)
        totals[index] = type(total)(parameters, first, total.second, total.level).serialized()
        return self.answer.replacing(lattice_totals=totals)

    def added(self, kind, amount):
        """The answer with more in a field of the Paillier total."""
        key = self.story.custodian.paillier
        field = next(f for f in self.story.layout.packing.fields if f.content[0] == kind)
        changed = self.story.evaluation.masked[0] * (1 + (amount << field.offset) * key.n)
        return self.answer.replacing(
            paillier_totals=[(changed % key.square).to_bytes(key.width, "big")]
        )

    def forgeries(self):
        """Comment, flag, error, file."""
        answer, server = self.answer, self.server
        genuine = answer.signature(server)
        text = "SELECT count(paid), sum(paid), sum(cost) FROM claims"
        identifier, snapshot, records, largest = answer.tables[0]

        def refused(comment, flag, forged):
            return comment, flag, REFUSED, forged.file(server)

        def malformed(comment, part, **fields):
            error = ("AnswerError", f"the answer's {part} does not fit its query")
            return comment, "WrongShape", error, answer.replacing(**fields).file(server)

        return [
            (
                "signed by another server", "NotPinned", ("AnswerError", "which is not pinned"),
                answer.file(self.other),
            ),
            (
                "another server's signature under the pinned one's name", "BrokenSignature",
                ("AnswerError", "signature is not valid"),
                answer.file(server, answer.signature(self.other)),
            ),
            (
                "another query's text under the genuine signature", "ExchangedText",
                ("AnswerError", "signature is not valid"),
                answer.replacing(text=text).file(server, genuine),
            ),
            (
                "another query's text, signed by the pinned server", "ExchangedText",
                ("AnswerError", "plan is not that of its query"),
                answer.replacing(text=text).file(server),
            ),
            (
                "a text that is not in its canonical form", "ExchangedText",
                ("AnswerError", "plan is not that of its query"),
                answer.replacing(text=text.replace("count(paid)", "count( * )")).file(server),
            ),
            refused("a count beyond the records", "ImpossibleTotal", self.shifted(0, 1)),
            refused("a count below zero", "ImpossibleTotal", self.shifted(0, -12)),
            refused("a count that is not the Paillier records'", "ImpossibleTotal", self.shifted(0, -1)),
            refused("a sum above what the records can have", "ImpossibleTotal", self.shifted(1, 55001)),
            refused("a sum below what the records can have", "ImpossibleTotal", self.shifted(1, -55001)),
            refused(
                "exchanged totals", "ImpossibleTotal",
                answer.replacing(lattice_totals=answer.lattice_totals[::-1]),
            ),
            refused("a Paillier sum beyond its field", "ImpossibleTotal", self.added("value", 1 << 40)),
            refused("a Paillier record more", "ImpossibleTotal", self.added("records", 1)),
            refused(
                "a Paillier sum above what the records can have", "ImpossibleTotal",
                self.added("value", 11 * (COST.high - COST.low)),
            ),
            refused(
                "a sixteenth of the noise that decrypts wrongly", "Noise", self.shifted(0, 0, 1 / 32)
            ),
            malformed(
                "a total less", "number of totals", lattice_totals=answer.lattice_totals[:1]
            ),
            malformed("no Paillier total", "number of Paillier totals", paillier_totals=[]),
            malformed("a table twice", "list of tables", tables=answer.tables * 2),
            malformed("no table", "list of tables", tables=[]),
            malformed("no group", "list of groups", clear_groups=[]),
            (
                "more records than the capacity", "WrongShape",
                ("AnswerError", "the schema's capacity is 16"),
                answer.replacing(tables=[(identifier, snapshot, records + 6, largest)]).file(server),
            ),
            (
                "another public key's name", "OtherKeys",
                ("AnswerError", "the answer belongs to the public key"),
                answer.replacing(key=answer.layout).file(server),
            ),
            (
                "another layout's name", "OtherKeys",
                ("AnswerError", "the answer belongs to tables of layout"),
                answer.replacing(layout=answer.key).file(server),
            ),
        ]  # fmt: skip


def add_to(file):
    generator = random.Random(20261130)
    story = base(generator)
    group = file.group("refused answers")
    setting = story.setting()
    group.case("the genuine answer", **story.fields())
    for comment, flag, error, forged in Forger(story, generator).forgeries():
        group.case(
            comment, [flag], result="invalid", error=error,
            **setting, forged_answer=forged.hex(),
        )  # fmt: skip
