"""Which codes ask and which tell."""

from dataclasses import dataclass

from pipeline.codes import CODES, Code


@dataclass(frozen=True, slots=True)
class Orientation:
    """A sorting of the codes into asking (non-directive) and telling (directive); the rest are neutral."""

    non_directive: frozenset[Code]
    directive: frozenset[Code]

    def __post_init__(self) -> None:
        if self.non_directive & self.directive:
            raise ValueError("a code cannot both ask and tell")

    @property
    def neutral(self) -> frozenset[Code]:
        return frozenset(CODES) - self.non_directive - self.directive

    def of(self, code: Code) -> str:
        """`non_directive`, `directive` or `neutral`."""
        if code in self.non_directive:
            return "non_directive"
        return "directive" if code in self.directive else "neutral"
