"""Reading a rubric's YAML, and saying what is wrong with it in a trainer's words."""

import difflib
import string
from collections.abc import Iterable
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import RubricError

SINGULAR = {"criteria": "criterion", "bands": "band", "process": "step"}


MOST_CHARACTERS = 60
"""How much of a wrong value an error repeats."""

PLAIN = {
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "string_type": "write a text",
    "string_too_short": "write a text",
    "string_pattern_mismatch": "use small letters, digits and hyphens",
    "too_short": "list at least {min_length}",
    "tuple_type": "write a list, as [one, two]",
    "dict_type": "write keys with their values",
    "mapping_type": "write keys with their values",
    "model_type": "write keys with their values",
    "greater_than": "write a number above {gt:g}",
    "greater_than_equal": "write a number of at least {ge:g}",
    "less_than_equal": "write a number of at most {le:g}",
    "finite_number": "write a plain number",
    "literal_error": "write {expected}",
}
"""What to do about each of pydantic's complaints, in a trainer's words."""


class _OnceOnly(yaml.SafeLoader):
    """Plain YAML in which a key may stand once; YAML itself would silently keep the last."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:  # 2026-02-30 has the shape of a date, 0x_ that of a number
            problem = f"{_short(node.value)} cannot be read ({error}); in quotation marks it is text"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                raise yaml.MarkedYAMLError(problem=f"'{key}' stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def parse_yaml(text: str, source: str) -> dict[str, Any]:
    """The mapping a YAML text holds. Raises RubricError naming the line where it is no YAML or no mapping."""
    try:
        content = yaml.load(text, _OnceOnly)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RubricError(f"{source}: line {line}: {error.problem}. Mend the YAML there.") from None
    except yaml.YAMLError:
        raise RubricError(f"{source}: not readable as YAML. Save it as plain UTF-8 text.") from None
    if not isinstance(content, dict):
        raise RubricError(f"{source}: holds no rubric. Start from a copy of a shipped one.")
    return content


def fill(sentence: str, **places: object) -> str:
    """The sentence with its places in braces filled. Raises ValueError naming a place that does not exist."""
    try:
        parts = list(string.Formatter().parse(sentence))
    except ValueError:
        raise ValueError("a brace stands alone. Write {value}, {n} or {count}, or leave braces out") from None
    for _, name, _, _ in parts:
        if name is not None and name not in places:
            raise ValueError(f"'{{{name}}}' is no place to fill{closest(name, places)}")
    return sentence.format(**places)


def closest(name: str, known: Iterable[str]) -> str:
    """A sentence naming the known name nearest to one that is not, or else all of them."""
    names = list(known)
    near = difflib.get_close_matches(name.lower(), names, 1, 0.6)
    if near:
        return f". Did you mean '{near[0]}'?"
    return f". Known: {', '.join(names)}" if names else ""


def explain(error: ValidationError, content: dict[str, Any], source: str, model: type[BaseModel]) -> str:
    """The first thing wrong, in one line: file, place, what, and what to do."""
    # A misspelled key is both unknown and missing: told as unknown, it comes with what was meant.
    first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
    where = _place(first["loc"], content)
    said = _said(first, model).rstrip(".")
    return f"{source}: {where}{said}{'' if said.endswith('?') else '.'}"


def _place(loc: tuple[int | str, ...], content: Any) -> str:
    """`criterion 'listening': band 'strong': ` for what pydantic calls ('criteria', 1, 'bands', 2)."""
    words: list[str] = []
    parts = [part for part in loc if part != "[key]"]
    for before, part in zip([None, *parts], parts, strict=False):
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            content = None
        if isinstance(part, int):
            name = (content.get("id") or content.get("name")) if isinstance(content, dict) else None
            kind = SINGULAR.get(str(before), str(before))
            words[-1] = f"{kind} '{name}'" if name else f"{kind} number {part + 1}"
        else:
            words.append(f"'{part}'")
    return "".join(f"{word}: " for word in words)


def _said(first: ErrorDetails, model: type[BaseModel]) -> str:
    kind = first["type"]
    if kind == "extra_forbidden":
        return f"no such key{closest(str(first['loc'][-1]), _keys_at(first['loc'][:-1], model))}"
    if kind == "missing":
        return "is missing. Add it"
    if kind == "value_error":
        return str(first["ctx"]["error"])
    rule = PLAIN.get(kind, first["msg"]).format(**first.get("ctx", {}))
    return f"{rule}, not {_short(first['input'])}"


def _short(value: Any) -> str:
    text = "nothing" if value is None else f"'{value}'"
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…'"


def _keys_at(loc: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    for part in loc:
        if isinstance(part, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            inner = _model_in(fields[part].annotation) if part in fields else None
            if inner is None:
                return []
            model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
