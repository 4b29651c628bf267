"""The peer of StepBenchmark: the U-Net of org.islet.train.UNet in PyTorch, learning on one window.

Usage: step.py DEPTH HEIGHT WIDTH LEVELS BASE_CHANNELS batch|none
Says `ready VERSION` once it is built, then answers each line on standard input with the seconds of
one training step (forward, backward, Adam) of a soft Dice loss; ends with standard input.
"""

import os
import sys
import time

import torch
from torch import nn


def convolution(inside, outside, normalised):
    layers = [nn.Conv3d(inside, outside, 3, padding=1, bias=not normalised)]
    if normalised:
        layers.append(nn.BatchNorm3d(outside))
    return layers + [nn.ReLU(inplace=True)]


def block(inside, outside, normalised):
    return nn.Sequential(
        *convolution(inside, outside, normalised), *convolution(outside, outside, normalised)
    )


class UNet(nn.Module):
    def __init__(self, levels, base, normalised):
        super().__init__()
        channels = [base << level for level in range(levels)]
        self.down = nn.ModuleList(
            block(inside, outside, normalised) for inside, outside in zip([1] + channels, channels)
        )
        self.enlarge = nn.ModuleList(
            nn.ConvTranspose3d(inside, outside, 2, stride=2, bias=False)
            for inside, outside in zip(channels[:0:-1], channels[-2::-1])
        )
        self.up = nn.ModuleList(block(2 * c, c, normalised) for c in channels[-2::-1])
        self.logits = nn.Conv3d(base, 1, 1)

    def forward(self, x):
        skips = []
        for level, down in enumerate(self.down):
            x = down(x if level == 0 else nn.functional.max_pool3d(x, 2))
            skips.append(x)
        skips.pop()
        for enlarge, up in zip(self.enlarge, self.up):
            x = up(torch.cat([skips.pop(), enlarge(x)], 1))
        return torch.sigmoid(self.logits(x))


def main():
    *numbers, normalisation = sys.argv[1:]
    depth, height, width, levels, base = map(int, numbers)
    torch.set_num_threads(os.cpu_count())
    torch.manual_seed(1)
    network = UNet(levels, base, normalisation == "batch").train()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    values = torch.rand(1, 1, depth, height, width)
    truth = (torch.rand_like(values) < 0.05).float()
    weights = sum(p.numel() for p in network.parameters())
    print("ready", torch.__version__, torch.get_num_threads(), weights, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        optimiser.zero_grad()
        estimate = network(values)
        shared = (estimate * truth).sum()
        loss = 1 - (2 * shared + 1) / (estimate.sum() + truth.sum() + 1)
        loss.backward()
        optimiser.step()
        print(time.perf_counter() - start, flush=True)


main()
