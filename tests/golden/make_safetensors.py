#!/usr/bin/env python3
"""Makes and reads tiny.safetensors with nothing but struct and json: an opinion on the format that owes nothing to the program.

    make_safetensors.py             writes tiny.safetensors beside this script
    make_safetensors.py check FILE  reads a file and says whether it holds the same tensors
"""
import json
import pathlib
import struct
import sys

# name, type, shape, values, struct code
TENSORS = [
    ("layers.0.weight", "F32", [2, 3], [0.0, -1.5, 3.25, 1e-30, -2e30, 0.5], "f"),
    ("layers.0.mask", "BOOL", [3], [1, 0, 1], "B"),
    ("step", "I64", [], [-9007199254740993], "q"),
    ("pixels", "U8", [2, 2], [0, 1, 128, 255], "B"),
    ("exact", "F64", [2], [0.1, -1e300], "d"),
    ("nothing", "F32", [0, 4], [], "f"),
    ("index", "I32", [1], [-2147483648], "i"),
]
METADATA = {"format": "golden", "made by": "struct and json"}


def write(path):
    widest_first = sorted(TENSORS, key=lambda tensor: -struct.calcsize("<" + tensor[4]))
    body, places = b"", {}
    for name, _, _, values, code in widest_first:
        data = struct.pack(f"<{len(values)}{code}", *values)
        places[name] = [len(body), len(body) + len(data)]
        body += data
    header = {"__metadata__": METADATA}
    for name, dtype, shape, _, _ in TENSORS:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": places[name]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def check(path):
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    assert (8 + length) % 8 == 0, "the values are not aligned"
    header = json.loads(content[8:8 + length])
    body = content[8 + length:]
    assert header.pop("__metadata__") == METADATA
    assert list(header) == [tensor[0] for tensor in TENSORS]
    for name, dtype, shape, values, code in TENSORS:
        entry = header[name]
        begin, end = entry["data_offsets"]
        assert (entry["dtype"], entry["shape"]) == (dtype, shape), name
        found = struct.unpack(f"<{len(values)}{code}", body[begin:end])
        wanted = struct.unpack(f"<{len(values)}{code}", struct.pack(f"<{len(values)}{code}", *values))
        assert found == wanted, (name, found, wanted)
    assert sum(header[name]["data_offsets"][1] - header[name]["data_offsets"][0] for name in header) == len(body)
    print(f"{path}: {len(header)} tensors, as expected")


if __name__ == "__main__":
    if sys.argv[1:2] == ["check"]:
        check(pathlib.Path(sys.argv[2]))
    else:
        write(pathlib.Path(__file__).with_name("tiny.safetensors"))
