"""The PyTorch twins of the benchmark's workloads: the same shapes, the same work a step, data fixed in memory.

    python3 workloads.py NAME THREADS

The program runs one training step, says so, and then obeys lines on its input:
    run N       N steps; answers the seconds they took, those of the shortest one, and the last loss
    quit        ends
It is the other side of Nabla.Benchmarks' `compare`, which measures both alternately.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional


def data(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(1))


def classes(count, *shape):
    return torch.randint(0, count, shape, generator=torch.Generator().manual_seed(2))


def step_of(model, optimizer, x, target, loss):
    def step():
        optimizer.zero_grad(set_to_none=True)
        value = loss(model(x), target)
        value.backward()
        optimizer.step()
        return value
    return step


def sgd(model, rate):
    return torch.optim.SGD(model.parameters(), lr=rate)


def xor():
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    target = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    return step_of(model, sgd(model, 0.5), x, target, functional.mse_loss)


def dense(batch, widths, activation, optimizer):
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:]):
        layers += [nn.Linear(inputs, outputs), activation()]
    model = nn.Sequential(*layers[:-1])
    return step_of(model, optimizer(model), data(batch, widths[0]), classes(widths[-1], batch), functional.cross_entropy)


def cnn():
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1568, 128), nn.ReLU(), nn.Linear(128, 10))
    return step_of(model, sgd(model, 0.05), data(64, 1, 28, 28), classes(10, 64), functional.cross_entropy)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.first_norm = nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
        self.second, self.second_norm = nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)

    def forward(self, x):
        inner = functional.relu(self.first_norm(self.first(x)))
        return functional.relu(x + self.second_norm(self.second(inner)))


def resnet():
    model = nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), Residual(32), Residual(32),
        nn.Conv2d(32, 64, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU(), Residual(64),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    return step_of(model, sgd(model, 0.05), data(32, 3, 32, 32), classes(10, 32), functional.cross_entropy)


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.cells, self.output = kind(28, 128, batch_first=True), nn.Linear(128, 10)

    def forward(self, x):
        states, _ = self.cells(x)
        return self.output(states[:, -1])


def recurrent(kind):
    model = Recurrent(kind)
    return step_of(model, sgd(model, 0.1), data(64, 28, 28), classes(10, 64), functional.cross_entropy)


class Attention(nn.Module):
    """Causal self-attention on the fastest path this PyTorch has: one product for q, k and v, and its own fused attention where there is one."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.inner, self.outer = heads, nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        batch, steps, width = x.shape
        q, k, v = (part.reshape(batch, steps, self.heads, -1).transpose(1, 2) for part in self.inner(x).chunk(3, dim=-1))
        if hasattr(functional, "scaled_dot_product_attention"):
            mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            mask = torch.full((steps, steps), float("-inf")).triu(1)
            mixed = torch.softmax(q @ k.transpose(-2, -1) / (width // self.heads) ** 0.5 + mask, dim=-1) @ v
        return self.outer(mixed.transpose(1, 2).reshape(batch, steps, width))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm, self.attention, self.second_norm = nn.LayerNorm(width), Attention(width, heads), nn.LayerNorm(width)
        self.inner, self.outer = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.attention(self.norm(x))
        return x + self.outer(functional.gelu(self.inner(self.second_norm(x))))


class Gpt(nn.Module):
    def __init__(self, blocks=4, width=128, heads=4, steps=128, characters=65):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(characters, width), nn.Parameter(0.02 * torch.randn(steps, width))
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(blocks)])
        self.norm, self.output = nn.LayerNorm(width), nn.Linear(width, characters)

    def forward(self, index):
        return self.output(self.norm(self.blocks(self.tokens(index) + self.positions))).reshape(-1, 65)


def gpt():
    model = Gpt()
    text = classes(65, 8, 129)
    return step_of(model, torch.optim.AdamW(model.parameters(), lr=1e-3), text[:, :-1], text[:, 1:].reshape(-1), functional.cross_entropy)


def chain():
    x = torch.ones((), requires_grad=True)

    def step():
        x.grad = None
        y = x
        for _ in range(5000):
            y = y * 1.0001 + 0.1
        y.backward()
        return y
    return step


WORKLOADS = {
    "xor-2-8-1": xor,
    "book-784-50-10": lambda: dense(100, [784, 50, 10], nn.Sigmoid, lambda model: sgd(model, 0.1)),
    "mlp-784-512-256-10": lambda: dense(128, [784, 512, 256, 10], nn.ReLU, lambda model: sgd(model, 0.05)),
    "mlp-784-512-256-10-adam": lambda: dense(
        128, [784, 512, 256, 10], nn.ReLU, lambda model: torch.optim.Adam(model.parameters(), lr=1e-3)),
    "mlp-1024x4": lambda: dense(256, [1024, 1024, 1024, 1024, 10], nn.ReLU, lambda model: sgd(model, 0.05)),
    "cnn-28x28": cnn,
    "resnet-32x32": resnet,
    "rnn-28x28": lambda: recurrent(nn.RNN),
    "lstm-28x28": lambda: recurrent(nn.LSTM),
    "gru-28x28": lambda: recurrent(nn.GRU),
    "gpt-4x128": gpt,
    "scalar-chain": chain,
    "scalar-chain-eager": chain,
}


def main():
    name, threads = sys.argv[1], int(sys.argv[2])
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    step = WORKLOADS[name]()
    print("first", step().item(), flush=True)
    for line in sys.stdin:
        command = line.split()
        if command[0] == "quit":
            return
        count = int(command[1])
        least = float("inf")
        start = before = time.perf_counter()
        for _ in range(count):
            loss = step()
            now = time.perf_counter()
            least = min(least, now - before)
            before = now
        print("ran", before - start, least, loss.item(), flush=True)


if __name__ == "__main__":
    main()
