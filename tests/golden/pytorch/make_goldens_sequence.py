"""Writes PyTorch's numbers for layers of sequences and for batch normalization, as JSON beside this file.

    python3 make_goldens_sequence.py [folder]

Formulas, file format and rules are those of make_goldens.py.
"""
import pathlib
import sys

sys.dont_write_bytecode = True

import torch
from torch import nn

from make_goldens import case, load, numbers, watched, write


def sequences():
    for name, kind in (("lstm", nn.LSTM), ("gru", nn.GRU)):
        yield watched(name, {}, load(kind(4, 3, batch_first=True)), numbers([2, 5, 4], 2), lambda y: y[0])
        yield watched(name + " last", {}, load(kind(4, 3, batch_first=True)), numbers([2, 5, 4], 2), lambda y: y[0][:, -1])
        # More rows than one task takes, more units than a register holds, and a rest of both.
        yield watched(name + " wide", {}, load(kind(3, 19, batch_first=True), 0.3), numbers([35, 3, 3], 3), lambda y: y[0])
    yield watched("attention", {"causal": False}, load(SelfAttention(6, 2)), numbers([2, 5, 6], 4))
    yield watched("attention", {"causal": True}, load(SelfAttention(6, 2, is_causal=True)), numbers([2, 5, 6], 4))
    # More steps than one block of rows.
    yield watched("attention long", {"causal": True}, load(SelfAttention(4, 2, is_causal=True)), numbers([1, 70, 4], 5))
    yield watched("block", {"causal": True}, load(Block(6, 2, is_causal=True), 0.3), numbers([2, 5, 6], 6))


def hidden(steps):
    """True where a step must not look: PyTorch's way to say causal."""
    return torch.ones(steps, steps, dtype=torch.bool).triu(1)


class SelfAttention(nn.MultiheadAttention):
    def __init__(self, width, heads, is_causal=False):
        super().__init__(width, heads, batch_first=True)
        self.is_causal = is_causal

    def forward(self, x):
        return super().forward(x, x, x, need_weights=False, attn_mask=hidden(x.shape[1]) if self.is_causal else None)[0]


class Block(nn.TransformerEncoderLayer):
    def __init__(self, width, heads, is_causal=False):
        super().__init__(width, heads, 4 * width, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
        self.is_causal = is_causal

    def forward(self, x):
        return super().forward(x, src_mask=hidden(x.shape[1]) if self.is_causal else None)


def channels():
    for name, shape in (("batch norm", [3, 4, 5, 3]), ("batch norm wide", [2, 3, 7, 11])):
        module = load(nn.BatchNorm2d(shape[1], momentum=0.3))
        # A state after one batch already, so that the second one blends with it.
        with torch.no_grad():
            module(numbers(shape, 6))
        start = {"mean before": module.running_mean.clone(), "variance before": module.running_var.clone()}
        trained = watched(name, {"momentum": 0.3}, module, numbers(shape, 7, 2.0))
        after = case("", {}, {**start, "mean after": module.running_mean, "variance after": module.running_var})
        trained["tensors"].update(after["tensors"])
        yield trained
        module.eval()
        yield case(name + " evaluation", {}, {
            "x": numbers(shape, 8), "y": module(numbers(shape, 8)), "weight": module.weight, "bias": module.bias,
            "mean": module.running_mean, "variance": module.running_var})
    yield watched("global average pool", {}, nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), numbers([2, 3, 4, 5], 9))


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    for topic in (sequences, channels):
        write(folder, topic.__name__ + ".json", list(topic()))


if __name__ == "__main__":
    main()
