"""The expression language: conditions as text, read into the filters of the API and printed from them."""

from models.expressions.conditions import Condition, Parameter, condition
from models.expressions.faults import BadExpression, Fault
from models.expressions.printing import printed

__all__ = ["BadExpression", "Condition", "Fault", "Parameter", "condition", "printed"]
