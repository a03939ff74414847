"""Writes the numbers that PyTorch computes for layers, losses and optimizers, as JSON beside this file.

    python3 make_goldens.py [folder]

Everything is float64. Inputs come from a formula and not from a random generator, so that any PyTorch gives the same file up to rounding.
"""
import json
import math
import pathlib
import sys

import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def numbers(shape, stream, scale=1.0):
    """Values in (-scale, scale) without a pattern: the fractional parts of a steep sine."""
    count = math.prod(shape)
    values = []
    for i in range(count):
        steep = math.sin(12.9898 * (i + 1) + 78.233 * (stream + 1)) * 437.585453
        values.append(scale * (2 * (steep - math.floor(steep)) - 1))
    return torch.tensor(values).reshape(shape)


def tensor(value):
    value = value.detach()
    return {"shape": list(value.shape), "values": value.reshape(-1).tolist()}


def case(name, settings, tensors):
    return {"name": name, "settings": settings, "tensors": {key: tensor(value) for key, value in tensors.items()}}


def load(module, scale=0.5):
    """Fills a module's parameters from the formula, in the order of its state."""
    for stream, value in enumerate(module.parameters()):
        value.data = numbers(value.shape, 100 + stream, scale)
    return module


def watched(name, settings, module, x, output=lambda y: y):
    """One layer: output, and the gradients of sum(output * upstream) by the input and all parameters."""
    x = x.requires_grad_()
    y = output(module(x))
    upstream = numbers(y.shape, 50)
    (y * upstream).sum().backward()
    tensors = {"x": x, "y": y, "upstream": upstream, "x.gradient": x.grad}
    for key, value in module.named_parameters():
        tensors[key] = value
        tensors[key + ".gradient"] = value.grad
    return case(name, settings, tensors)


def layers():
    yield watched("linear", {}, load(nn.Linear(5, 3)), numbers([4, 5], 0))
    yield watched("linear without bias", {}, load(nn.Linear(5, 3, bias=False)), numbers([4, 5], 0))
    yield watched("layer norm", {"epsilon": 1e-5}, load(nn.LayerNorm(6)), numbers([4, 6], 1))
    yield watched("rnn", {}, load(nn.RNN(4, 3, batch_first=True)), numbers([2, 5, 4], 2), lambda y: y[0])
    yield watched("rnn last", {}, load(nn.RNN(4, 3, batch_first=True)), numbers([2, 5, 4], 2), lambda y: y[0][:, -1])
    activations = {
        "relu": nn.ReLU(), "leaky_relu": nn.LeakyReLU(0.01), "sigmoid": nn.Sigmoid(), "tanh": nn.Tanh(), "gelu": nn.GELU(),
        "gelu_tanh": nn.GELU(approximate="tanh"), "silu": nn.SiLU(), "elu": nn.ELU(), "softplus": nn.Softplus(),
    }
    for name, module in activations.items():
        yield watched(name, {}, module, numbers([3, 7], 3, 4.0))
    embedding = load(nn.Embedding(6, 3))
    index = torch.tensor([[0, 2, 2], [5, 1, 0]])
    y = embedding(index)
    upstream = numbers(y.shape, 50)
    (y * upstream).sum().backward()
    yield case("embedding", {}, {
        "index": index.double(), "weight": embedding.weight, "y": y, "upstream": upstream, "weight.gradient": embedding.weight.grad})


def convolutions():
    variants = [
        ("plain", 2, 3, [3, 3], dict()),
        ("stride", 2, 3, [3, 3], dict(stride=2)),
        ("padding", 2, 3, [3, 3], dict(padding=1)),
        ("stride and padding", 2, 2, [3, 2], dict(stride=(2, 1), padding=(1, 0))),
        ("dilation", 2, 2, [3, 2], dict(dilation=(2, 3), padding=(2, 1))),
        ("groups", 4, 4, [3, 3], dict(groups=2, padding=1)),
        ("depthwise", 3, 6, [2, 2], dict(groups=3, stride=2)),
        ("without bias", 1, 2, [2, 2], dict(bias=False)),
    ]
    for name, inputs, outputs, kernel, options in variants:
        pairs = {key: list(nn.modules.utils._pair(options.get(key, default)))
                 for key, default in dict(stride=1, padding=0, dilation=1).items()}
        settings = dict(inputs=inputs, outputs=outputs, kernel=kernel, groups=options.get("groups", 1), bias=options.get("bias", True), **pairs)
        module = load(nn.Conv2d(inputs, outputs, kernel, **options))
        yield watched(name, settings, module, numbers([2, inputs, 7, 6], 4))


def pooling():
    for name, size, stride, padding in [("plain", 2, 2, 0), ("overlapping", 3, 2, 0), ("padded", 3, 2, 1), ("dense", 2, 1, 1)]:
        settings = dict(size=size, stride=stride, padding=padding)
        yield watched("max " + name, settings, nn.MaxPool2d(size, stride, padding), numbers([2, 2, 6, 5], 5))
        yield watched("average " + name, settings, nn.AvgPool2d(size, stride, padding), numbers([2, 2, 6, 5], 5))


def losses():
    def of(name, prediction, targets, loss):
        prediction = prediction.requires_grad_()
        value = loss(prediction, targets)
        value.backward()
        return case(name, {}, {"prediction": prediction, "targets": targets.double(), "loss": value, "gradient": prediction.grad})

    yield of("mean squared error", numbers([4, 3], 6), numbers([4, 3], 7), functional.mse_loss)
    yield of("cross entropy", numbers([5, 4], 8, 3.0), torch.tensor([0, 3, 1, 1, 2]), functional.cross_entropy)
    yield of("cross entropy, large logits", numbers([3, 4], 9, 800.0), torch.tensor([2, 0, 3]), functional.cross_entropy)
    binary = functional.binary_cross_entropy_with_logits
    yield of("binary cross entropy", numbers([4, 3], 10, 3.0), (numbers([4, 3], 11) > 0).double(), binary)
    yield of("binary cross entropy, soft targets", numbers([4, 3], 10, 3.0), numbers([4, 3], 11).abs(), binary)
    yield of("binary cross entropy, large logits", numbers([4, 3], 10, 700.0), (numbers([4, 3], 11) > 0).double(), binary)


STEPS = 20


def optimizers():
    sgd, adam, adamw = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
    variants = [
        ("sgd", sgd, dict(lr=0.1)),
        ("sgd", sgd, dict(lr=0.1, momentum=0.9)),
        ("sgd", sgd, dict(lr=0.05, momentum=0.9, nesterov=True)),
        ("sgd", sgd, dict(lr=0.1, weight_decay=0.1)),
        ("sgd", sgd, dict(lr=0.1, momentum=0.8, dampening=0.3)),
        ("sgd", sgd, dict(lr=0.05, momentum=0.9, weight_decay=0.05, nesterov=True)),
        ("adam", adam, dict(lr=0.05)),
        ("adam", adam, dict(lr=0.05, betas=(0.8, 0.95), eps=1e-4)),
        ("adam", adam, dict(lr=0.05, weight_decay=0.1)),
        ("adamw", adamw, dict(lr=0.05)),
        ("adamw", adamw, dict(lr=0.05, weight_decay=0.2, betas=(0.85, 0.99))),
    ]
    # Two parameters of different shapes; the gradients are those of a loss that pulls them towards each other and bends.
    for name, kind, options in variants:
        w, b = numbers([3, 2], 12).requires_grad_(), numbers([2], 13).requires_grad_()
        start = {"w": w.clone(), "b": b.clone()}
        x, target = numbers([5, 3], 14), numbers([5, 2], 15)
        optimizer = kind([w, b], **options)
        values, path = [], []
        for step in range(STEPS):
            if step == STEPS // 2:
                optimizer.param_groups[0]["lr"] *= 0.5
            optimizer.zero_grad()
            loss = ((torch.tanh(x @ w + b) - target) ** 2).sum()
            loss.backward()
            optimizer.step()
            values.append(loss.detach())
            path.append(torch.cat([w.detach().reshape(-1), b.detach()]))
        yield case(name, options, {**start, "x": x, "target": target, "losses": torch.stack(values), "path": torch.stack(path)})


def initialization():
    def fan(shape):
        return nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))

    def bound(values, limit):
        """The limit as PyTorch states it, after a look that what it draws fills the range and keeps to it."""
        largest = values.detach().abs().max().item()
        assert 0.98 * limit < largest <= limit, (largest, limit)
        return limit

    torch.manual_seed(1)
    linear, convolution, rnn = nn.Linear(300, 200), nn.Conv2d(32, 64, (5, 3), groups=2), nn.RNN(50, 80)
    inner = fan(convolution.weight.shape)[0]
    yield "linear weight", bound(linear.weight, 1 / math.sqrt(300))
    yield "linear bias", bound(linear.bias, 1 / math.sqrt(300))
    yield "convolution weight", bound(convolution.weight, 1 / math.sqrt(inner))
    yield "convolution bias", 1 / math.sqrt(inner)
    yield "rnn", bound(rnn.weight_hh_l0, 1 / math.sqrt(80))
    weight = torch.empty(200, 300)
    inputs, outputs = fan(weight.shape)
    yield "xavier uniform", bound(nn.init.xavier_uniform_(weight), math.sqrt(6 / (inputs + outputs)))
    yield "kaiming uniform", bound(nn.init.kaiming_uniform_(weight, nonlinearity="relu"), nn.init.calculate_gain("relu") * math.sqrt(3 / inputs))

    def deviation(values, expected):
        assert abs(values.std().item() / expected - 1) < 0.02
        return expected

    yield "xavier normal", deviation(nn.init.xavier_normal_(weight), math.sqrt(2 / (inputs + outputs)))
    yield "kaiming normal", deviation(nn.init.kaiming_normal_(weight, nonlinearity="relu"), nn.init.calculate_gain("relu") / math.sqrt(inputs))
    yield "embedding", deviation(nn.Embedding(300, 200).weight.detach(), 1.0)


def write(folder, file, content):
    # A line a case keeps differences readable without making the files large.
    lines = ",\n".join(json.dumps(item) for item in content)
    (folder / file).write_text(f'{{"torch": "{torch.__version__}", "cases": [\n{lines}\n]}}\n')


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    for topic in (layers, convolutions, pooling, losses, optimizers):
        write(folder, topic.__name__ + ".json", list(topic()))
    ranges = [{"name": name, "settings": {"value": value}, "tensors": {}} for name, value in initialization()]
    write(folder, "initialization.json", ranges)


if __name__ == "__main__":
    main()
