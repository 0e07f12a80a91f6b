"""Reads expressions: a Pratt parser, whose binding powers are the whole grammar of what stands between operands.

`or` binds least, then `and`, `not`, and comparisons. Further operators, such as those of arithmetic, take a power above
those of comparisons and a method.
"""

from __future__ import annotations

from models.errors import told
from models.expressions.faults import meant
from models.expressions.reading import Reader
from models.expressions.tokens import Sort, Token
from models.expressions.tree import (
    Call,
    Comparison,
    Constant,
    Given,
    Logic,
    Name,
    Negation,
    Node,
    Operand,
    Placed,
    Reaching,
    Segment,
)
from models.expressions.words import SIGNS

DEEPEST = 40
OR, AND, NOT, COMPARED = 10, 20, 30, 40
FUNCTIONS = ("any", "all", "none", "count", "reach", "segment", "isA", "distance", "inBox")
DEGREES = {"distance": 2, "inBox": 4}  # how many numbers tell the place
WORDS = ("in", "not", "between", "is", "contains", "starts", "ends", "matches", "has", "within", "during")
DIRECTIONS = ("out", "in", "both")
_IGNORING = {"eq", "in", "startsWith", "endsWith", "contains"}


def parsed(text: str) -> Node:
    """The tree of an expression. Raises BadExpression with the first thing that is not of the language."""
    return _Parser(text).whole()


class _Parser(Reader):
    def whole(self) -> Node:
        tree = self.expression(0)
        if self.next.sort is not Sort.END:
            raise self.expected("end")
        return tree

    # conditions

    def expression(self, least: int) -> Node:
        """What stands from here on, as far as it is held together by operators that bind more than `least`."""
        self.depth += 1
        if self.depth > DEEPEST:
            sentence = "Conditions may be nested {most} deep at most."
            raise self.fault(self.next.span, told("too_deep", sentence, case="condition", most=DEEPEST))
        left = self.prefix()
        if isinstance(left, Name) and self.next.word and not self.power():
            name, near = self.next.text[:40], meant(self.next.word, WORDS)
            problem = told("unknown_comparison", "{name!r} is no comparison; {near}", name=name, near=near)
            raise self.fault(self.next.span, problem)
        while (power := self.power()) > least:
            left = self.logic(left, power) if power in (AND, OR) else self.comparison(left)
        self.depth -= 1
        return left

    def power(self) -> int:
        word = self.next.word
        if word in ("and", "or"):
            return AND if word == "and" else OR
        return COMPARED if self.is_sign(*SIGNS) or word in WORDS else 0

    def prefix(self) -> Node:
        token = self.next
        if self.is_sign("("):
            self.take()
            inner = self.expression(0)
            self.need(")")
            return inner
        if token.word == "not":
            self.take()
            part = self.expression(NOT)
            return Negation(part, self.since(token.span))
        if token.sort is not Sort.NAME:
            raise self.expected("condition")
        following = self.tokens[self.at + 1]
        if following.sort is Sort.SIGN and following.text == "(":
            return self.call()
        if token.word in ("true", "false"):
            return self.constant()
        return self.name()

    def logic(self, left: Node, power: int) -> Node:
        word, parts = self.take().word, [left, self.expression(power)]
        while self.next.word == word:
            self.take()
            parts.append(self.expression(power))
        return Logic(word, tuple(parts), parts[0].span.to(parts[-1].span))

    # comparisons

    def comparison(self, left: Node) -> Node:
        if not isinstance(left, Name) and getattr(left, "function", "") not in ("count", "distance"):
            sentence = "Only a field, count(…) or distance(…) can be compared."
            raise self.fault(left.span, told("not_compared", sentence, case="condition"))
        turned = self.next.word == "not"
        if turned:
            self.take()
        found = self.compared(left)
        return Negation(found, found.span) if turned and found.operator != "notIn" else found

    def compared(self, left: Node) -> Comparison:  # noqa: C901  # one case for each comparison
        negated = self.tokens[self.at - 1].word == "not"
        token = self.take()
        if token.sort is Sort.SIGN and token.text in SIGNS:
            right = self.far() if isinstance(left, Placed) else self.operand()
            return self.made(left, SIGNS[token.text], right)
        match token.word:
            case "in":
                return self.made(left, "notIn" if negated else "in", self.several())
            case "between":
                low = self.operand()
                if not self.took("and"):
                    raise self.expected("and")
                high = self.operand()
                return Comparison(left, "between", low, left.span.to(high.span), high)
            case "is":
                return self.missing(left)
            case "starts" | "ends":
                if not self.took("with"):
                    raise self.expected("with")
                return self.made(left, f"{token.word}With", self.operand())
            case "contains" | "matches":
                return self.made(left, token.word, self.operand())
            case "has":
                several = "hasAny" if self.took("any") else "hasAll" if self.took("all") else ""
                return self.made(left, several or "has", self.several() if several else self.operand())
            case "within":
                return self.made(left, "within", self.window())
            case "during":
                return self.made(left, "during", self.calendar())
        self.at -= token.sort is not Sort.END
        raise self.expected("comparison")

    def made(self, left: Node, operator: str, right: Operand) -> Comparison:
        if operator in _IGNORING and self.next.word == "ignoring":
            self.take()
            if not self.took("case"):
                raise self.expected("case")
            operator += "IgnoreCase"
        return Comparison(left, operator, right, self.since(left.span))

    def missing(self, left: Node) -> Comparison:
        negated = self.took("not")
        if not self.took("null"):
            raise self.expected("null")
        span = self.since(left.span)
        return Comparison(left, "isNull", Constant(not negated, span), span)

    # functions

    def call(self) -> Node:
        token = self.take()
        function = next((name for name in FUNCTIONS if name.lower() == token.word), None)
        if function is None:
            near = meant(token.text, FUNCTIONS)
            sentence = "There is no function {name!r}; {near}"
            raise self.fault(token.span, told("unknown_function", sentence, name=token.text[:40], near=near))
        self.need("(")
        if function == "reach":
            return self.reaching(token)
        if function == "segment":
            return self.segment(token)
        if function in DEGREES:
            return self.placed(function, token)
        name = self.name()
        return Call(function, (name,), self.rest(), self.since(token.span))

    def rest(self) -> Node | None:
        """The condition that is a function's last argument, where there is one, and the closing bracket."""
        inner = self.expression(0) if self.took(",") else None
        self.need(")")
        return inner

    def reaching(self, token: Token) -> Reaching:
        via = [self.name()]
        while self.took(","):
            via.append(self.name())
        if not self.took("within"):
            raise self.expected("steps")
        within = self.constant()
        direction = self.take().word if self.next.word in DIRECTIONS else "out"
        inner = self.rest()
        return Reaching(tuple(via), within, direction, inner, self.since(token.span))

    def placed(self, function: str, token: Token) -> Placed:
        name, degrees = self.name(), list[Constant | Given]()
        for _ in range(DEGREES[function]):
            self.need(",")
            degrees.append(self.operand())
        self.need(")")
        return Placed(function, name, tuple(degrees), self.since(token.span))

    def segment(self, token: Token) -> Segment:
        name, arguments = self.constant(), list[tuple[Name, Operand]]()
        while self.took(","):
            parameter = self.name()
            self.need("=")
            arguments.append((parameter, self.several() if self.is_sign("(") else self.operand()))
        self.need(")")
        return Segment(name, tuple(arguments), self.since(token.span))
