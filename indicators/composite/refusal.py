"""Why an index cannot be worked out: one sentence that names the place in the recipe or the cell of the data."""


class Refused(ValueError):
    """`where` is a path in the recipe (tree.children[2].weight) or the code of a node; empty for the whole."""

    def __init__(self, sentence: str, where: str = "") -> None:
        self.where, self.sentence = where, sentence
        super().__init__(f"{where}: {sentence}" if where else sentence)
