#!/bin/sh
# Measures on a machine with an NVIDIA GPU what docs/benchmarks.md#on-a-gpu has room for, and prints it as Markdown.
# Usage: src/bench/gpu.sh [PHANTOMS]
set -eu
cd "$(dirname "$0")/../.."
phantoms=${1:-20}
export TF_ENABLE_ONEDNN_OPTS=1 TF_CPP_MIN_LOG_LEVEL=2 MAVEN_OPTS=${MAVEN_OPTS:--Xmx4g}

nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv

# Agreement with the CPU, to tolerances that fail: GpuTest is skipped where TensorFlow sees no GPU.
mvn -q -Pgpu test -Dtest=GpuTest -Dspotless.check.skip=true
mvn -q -Pgpu,bench test-compile -Dspotless.check.skip=true

measure() {
  mvn -q -Pgpu,bench exec:java -Dexec.mainClass="org.islet.bench.$1" -Dexec.args="$2"
}

# Differences in probabilities and masks, and times, against float32 on the CPU.
for precision in float32 tf32 mixed; do
  measure PrecisionBenchmark "$phantoms $precision gpu"
done

# Speed by volume, and the device's memory at its highest.
for precision in float32 tf32 mixed; do
  measure DeviceBenchmark "$precision gpu growth"
done

# Two processes on one device of 10 GiB or more, each with a part that leaves room for what CUDA itself takes.
measure DeviceBenchmark "float32 gpu 0.4" >target/gpu-one.md &
one=$!
measure DeviceBenchmark "float32 gpu 0.4" >target/gpu-other.md
wait "$one"
for each in one other; do printf '\nThe %s of two processes: ' "$each" && cat "target/gpu-$each.md"; done
