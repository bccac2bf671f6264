"""Heights of many blocks with their sums: a Fenwick tree that grows at its end."""

from collections.abc import Iterable


class Heights:
    """The heights of blocks in lines; sums and changes cost the logarithm of their number."""

    def __init__(self, values: Iterable[int] = ()) -> None:
        self._values = list(values)
        self.changes = 0
        """How often one of them has changed or come: what was worked out from them holds as long as this stays."""
        self._build()

    def _build(self) -> None:
        tree = [0, *self._values]
        size = len(tree)
        for index in range(1, size):
            parent = index + (index & -index)
            if parent < size:
                tree[parent] += tree[index]
        self._tree = tree
        self._total = sum(self._values)

    def __len__(self) -> int:
        """How many blocks there are."""
        return len(self._values)

    def __getitem__(self, index: int) -> int:
        """The height of one block."""
        return self._values[index]

    @property
    def total(self) -> int:
        """The height of all blocks together."""
        return self._total

    def append(self, value: int) -> None:
        """Add a block at the end."""
        self.changes += 1
        index = len(self._tree)
        self._values.append(value)
        self._total += value
        node = value
        step = 1
        while step < index & -index:
            node += self._tree[index - step]
            step <<= 1
        self._tree.append(node)

    def set(self, index: int, value: int) -> None:
        """Change the height of one block."""
        change = value - self._values[index]
        if not change:
            return
        self.changes += 1
        self._values[index] = value
        self._total += change
        node = index + 1
        size = len(self._tree)
        while node < size:
            self._tree[node] += change
            node += node & -node

    def replace(self, values: Iterable[int]) -> None:
        """Change all heights at once."""
        self.changes += 1
        self._values = list(values)
        self._build()

    def before(self, index: int) -> int:
        """The lines above block `index`."""
        total = 0
        while index:
            total += self._tree[index]
            index &= index - 1
        return total

    def find(self, line: int) -> tuple[int, int]:
        """The block that holds `line`, counted from the top of the document, and the line within that block.

        Past the end it is the number of blocks and what is left over.
        """
        place = 0
        step = 1 << max(0, len(self._values).bit_length() - 1)
        while step:
            after = place + step
            if after < len(self._tree) and self._tree[after] <= line:
                place = after
                line -= self._tree[after]
            step >>= 1
        return place, line
