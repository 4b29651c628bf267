"""The network of ../shared/data/obelisk-unet in PyTorch, beside ImportBenchmark.

Reads a line, 'eager' or 'frozen', runs that form of the network on the golden input and answers
with the seconds that it took.
"""

import os
import sys
import time

import nibabel
import numpy
import torch
from torch import nn
from torch.nn import functional

CHANNELS = [5, 14, 28, 42, 56, 70]
DECODER = [("6dU", 126, 56), ("6cU", 98, 42), ("6bU", 70, 28), ("6U", 42, 14), ("7U", 19, 9)]


class Obelisk(nn.Module):
    def __init__(self):
        super().__init__()
        self.add("0", 1, CHANNELS[0], 1)
        for level in range(1, 6):
            self.add(f"{level}", CHANNELS[level - 1], CHANNELS[level], 2)
            self.add(f"{level}{level}", CHANNELS[level], CHANNELS[level], 1)
        for name, inside, outside in DECODER:
            self.add(name, inside, outside, 1)
        self.conv77U = nn.Conv3d(9, 9, 3, padding=1)

    def add(self, name, inside, outside, stride):
        setattr(self, "conv" + name, nn.Conv3d(inside, outside, 3, stride=stride, padding=1))
        setattr(self, "batch" + name, nn.BatchNorm3d(outside))

    def block(self, name, x):
        x = getattr(self, "batch" + name)(getattr(self, "conv" + name)(x))
        return functional.leaky_relu(x, 0.1)

    def forward(self, x):
        x = self.block("0", x)
        skips = [x]
        for level in range(1, 6):
            x = self.block(f"{level}{level}", self.block(f"{level}", x))
            skips.append(x)
        skips.pop()
        for name, _, _ in DECODER:
            skip = skips.pop()
            x = functional.interpolate(
                x, size=skip.shape[2:], mode="trilinear", align_corners=False
            )
            x = self.block(name, torch.cat([x, skip], 1))
        return self.conv77U(x)


def main():
    folder = sys.argv[1]
    torch.set_num_threads(os.cpu_count())
    network = Obelisk().eval()
    weights = numpy.load(os.path.join(folder, "weights-fold1.npz"))
    network.load_state_dict({k: torch.from_numpy(weights[k]) for k in weights.files}, strict=False)
    image = nibabel.load(os.path.join(folder, "golden-input.nii.gz"))
    x = torch.from_numpy(numpy.asarray(image.dataobj).astype(numpy.float32))[None, None]
    with torch.no_grad():
        frozen = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(network, x)))
        forms = {"eager": network, "frozen": frozen}
        print("ready", torch.__version__, torch.get_num_threads(), flush=True)
        for line in sys.stdin:
            start = time.perf_counter()
            forms[line.strip()](x).numpy()
            print(time.perf_counter() - start, flush=True)


main()
