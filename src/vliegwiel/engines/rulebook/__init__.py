"""Regulations as dated documents (*regelingen als data*): evaluated on facts they give a verdict, reasons with articles, and a receipt.

Missing is unknown, never no. What a person must weigh is declared as discretion and never decided by the engine.
"""

from vliegwiel.engines.rulebook.cases import Case, CaseResult, load_cases, run_cases
from vliegwiel.engines.rulebook.evaluate import Evaluation
from vliegwiel.engines.rulebook.regulation import Regulation
from vliegwiel.engines.rulebook.simulate import Change, simulate

__all__ = ["Case", "CaseResult", "Change", "Evaluation", "Regulation", "load_cases", "run_cases", "simulate"]
