"""Which tests cite which rule: read from the source of the tests, without running or importing them."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


def proofs(tests: Path, *, root: Path) -> dict[str, list[str]]:
    """Rule id → node ids of the tests marked with it, relative to `root`, sorted.

    Marks on modules (`pytestmark`), classes, functions and single parameters (`pytest.param(…, marks=…)`) count. A
    parameter is named by its `id` if it has one; otherwise the whole test is named.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(file.read_text("utf-8"), str(file))
        for rule, node in _Module(tree, file.relative_to(root).as_posix()).cited():
            found[rule].add(node)
    return {rule: sorted(nodes) for rule, nodes in found.items()}


class _Module:
    def __init__(self, tree: ast.Module, path: str) -> None:
        self.tree, self.path = tree, path
        self.constants = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def cited(self) -> Iterator[tuple[str, str]]:
        """Every (rule, node id) of the module."""
        yield from self._in_body(self.tree.body, self.path, self._own_marks(self.tree.body))

    def _in_body(self, body: Sequence[ast.stmt], prefix: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for node in body:
            if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
                rules = (*above, *self._rules(node.decorator_list), *self._own_marks(node.body))
                yield from self._in_body(node.body, f"{prefix}::{node.name}", rules)
            elif isinstance(node, Function) and node.name.startswith("test"):
                name = f"{prefix}::{node.name}"
                yield from ((rule, name) for rule in (*above, *self._rules(node.decorator_list)))
                yield from self._parameters(node, name)

    def _own_marks(self, body: Sequence[ast.stmt]) -> tuple[str, ...]:
        for node in body:
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets
            ):
                marks = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
                return self._rules(marks)
        return ()

    def _parameters(self, function: Function, name: str) -> Iterator[tuple[str, str]]:
        for decorator in function.decorator_list:
            for node in self._expanded(decorator):
                if isinstance(node, ast.Call) and _last(node.func) == "param":
                    words = {word.arg: word.value for word in node.keywords}
                    label = words.get("id")
                    named = f"{name}[{label.value!s}]" if isinstance(label, ast.Constant) else name
                    marks = words.get("marks")
                    listed = marks.elts if isinstance(marks, ast.List | ast.Tuple) else [marks] if marks else []
                    yield from ((rule, named) for rule in self._rules(listed))

    def _expanded(self, decorator: ast.expr) -> Iterator[ast.AST]:
        """The decorator's nodes, and those of module constants it names (tables of cases)."""
        for node in ast.walk(decorator):
            yield node
            if isinstance(node, ast.Name) and node.id in self.constants:
                yield from ast.walk(self.constants[node.id])

    def _rules(self, decorators: Sequence[ast.expr]) -> tuple[str, ...]:
        calls = [node for node in decorators if isinstance(node, ast.Call) and _is_rule(node.func)]
        return tuple(rule for call in calls for argument in call.args for rule in self._texts(argument))

    def _texts(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Starred):
            yield from self._texts(node.value)
        elif isinstance(node, ast.List | ast.Tuple):
            for item in node.elts:
                yield from self._texts(item)
        elif isinstance(node, ast.Name) and node.id in self.constants:
            yield from self._texts(self.constants[node.id])


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_rule(node: ast.expr) -> bool:
    """Whether an expression is `pytest.mark.rule` or `mark.rule`."""
    return isinstance(node, ast.Attribute) and node.attr == "rule" and _last(node.value) == "mark"
