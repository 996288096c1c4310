#!/usr/bin/env bash
# Tries the pipeline out on a Linux machine with a GPU that need not have .NET: a publish that brings its runtime along, over the
# libtorch that is there.
#
#   tests/gpu/run.sh prepare [TAR]        in the repository: publishes, and packs what the other machine needs (a minute or two)
#   ./run.sh run [DEVICE [SIZES [PARTS]]] there, in the unpacked folder: runs all of it and prints a summary (some minutes)
#
# DEVICE is 'cuda' by default; 'cpu' shows on any machine that the script itself works. SIZES are those of Pythia, "160m 1.4b" by
# default. PARTS are "studies training peft pythia" by default: a small study on both devices, steps of LoRA, adapters read by PEFT itself,
# and a study at Pythia-160m's size over random weights. The last two need a Python with transformers and PEFT, the last one a tokenizer,
# which prepare takes from CIRCUITPIPELINE_REFERENCE. LIBTORCH names the folder of a libtorch; without it, PyTorch's is used. Results go to
# OUT, by default ./results.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

prepare() {
    root=$(cd "$here/../.." && pwd)
    work=$root/artifacts/gpu
    tar=${1:-$root/artifacts/gpu.tar.gz}
    rm -rf "$work/app" && mkdir -p "$work/app/experiments"
    # One folder for all three programs, so that the runtime is there once. Lock files are those of other restores; what is compiled
    # here stays apart from the repository's own bin and obj.
    for project in src/CircuitPipeline.Tool tests/CircuitPipeline.TorchTests bench/CircuitPipeline.Bench; do
        echo "Publishing $project."
        dotnet publish "$root/$project" --configuration Release --runtime linux-x64 --self-contained true --output "$work/app" \
            --artifacts-path "$work/build" --verbosity quiet --nologo -maxcpucount:1 -p:UseAppHost=true \
            -p:RestorePackagesWithLockFile=false -p:NuGetLockFilePath="$work/none.json" || exit 1
    done
    rm "$work"/app/*.pdb
    version=$(sed -n 's:.*<TorchSharpVersion>\(.*\)</TorchSharpVersion>.*:\1:p' "$root/Directory.Packages.props")
    packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
    cp "${packages%/}/torchsharp/$version/runtimes/linux-x64/native/libLibTorchSharp.so" "$work/app/" || exit 1
    cp "$here/study.yaml" "$work/app/experiments/gpu.yaml"
    cp "$root/experiments/pythia-160m-add-sub.yaml" "$work/app/experiments/"
    cp "$here/run.sh" "$here"/*.py "$here/pairs.jsonl" "$work/app/"
    tokenizer=${CIRCUITPIPELINE_REFERENCE:-$root/../shared/reference}/pythia-tokenizer
    [ ! -d "$tokenizer" ] || cp -r "$tokenizer" "$work/app/random-pythia"
    tar --create --gzip --file "$tar" --directory "$work/app" . || exit 1
    echo "Packed $(du --human-readable "$tar" | cut -f1) into '$tar': unpack it there and run './run.sh run'."
}

# A step's name, its seconds at most, its command; all of its output goes to a file of its own, its end here.
step() {
    local name=$1 limit=$2 start=$SECONDS status
    shift 2
    echo "--- $name"
    timeout "$limit" "$@" >"$out/$name.log" 2>&1
    status=$?
    tail -n "${lines:-20}" "$out/$name.log"
    if [ $status -eq 0 ]; then
        summary+=("passed   $name ($((SECONDS - start)) s)")
    elif [ $status -eq 124 ]; then
        summary+=("TOO LONG $name (stopped after $limit s)")
    else
        summary+=("FAILED   $name (ended with $status after $((SECONDS - start)) s)")
    fi
    [ $status -eq 0 ]
}

run() {
    device=${1:-cuda}
    case $device in
    cpu | cuda) ;;
    *)
        echo "DEVICE is '$device', but must be 'cpu' or 'cuda'." >&2
        exit 2
        ;;
    esac
    if [ ! -x "$here/CircuitPipeline.Tool" ]; then
        echo "'$here' has no CircuitPipeline.Tool: run 'prepare' in the repository, unpack what it packs, and start the run.sh there." >&2
        exit 2
    fi
    sizes=${2:-160m 1.4b}
    parts=${3:-studies training peft pythia}
    out=${OUT:-$PWD/results}
    mkdir -p "$out" && out=$(cd "$out" && pwd)
    summary=()
    cd "$here" || exit 1
    [ -n "${LIBTORCH:-}" ] || export LIBTORCH_USE_PYTORCH=1
    export XDG_CACHE_HOME=${XDG_CACHE_HOME:-$out/cache} DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    tool=./CircuitPipeline.Tool

    nvidia-smi >"$out/nvidia-smi.log" 2>&1 || echo "There is no nvidia-smi here, or it fails."
    step doctor-cpu 120 "$tool" doctor --device cpu
    step "doctor-second-$device" 120 "$tool" doctor --device "$device"
    lines=3 step "doctor-second-reproducible" 120 "$tool" doctor --device "$device" --numerics reproducible
    "$tool" doctor --device "$device" --json >"$out/doctor.json" 2>/dev/null
    for part in $parts; do
        case $part in
        studies | training | peft | pythia) "$part" ;;
        *)
            echo "PARTS has '$part', but may have 'studies', 'training', 'peft' and 'pythia'." >&2
            exit 2
            ;;
        esac
    done

    echo "=== $(uname -m), device '$device'"
    printf '%s\n' "${summary[@]}" | tee "$out/summary.txt"
    ! grep --quiet --invert-match '^passed' "$out/summary.txt"
}

studies() {
    step "checks-$device" 180 ./CircuitPipeline.TorchTests "checks on $device"
    # The report and the list of what is shown say when and how long; all else of a study is the same bytes.
    # The same study on two devices, on the second once more, and there with fast numerics, each in a folder of its own.
    for where in cpu second again fast; do
        mkdir -p "$out/$where/experiments" && cp experiments/gpu.yaml "$out/$where/experiments/"
    done
    lines=5 step study-cpu 300 "$tool" run --root "$out/cpu" --experiment gpu --device cpu
    lines=5 step study-second 300 "$tool" run --root "$out/second" --experiment gpu --device "$device"
    lines=2 step study-again 300 "$tool" run --root "$out/again" --experiment gpu --device "$device"
    step same-bytes-again 60 diff --recursive --brief --exclude=report.html --exclude=.*.view "$out/second/artifacts/gpu" "$out/again/artifacts/gpu"
    lines=2 step study-fast 300 "$tool" run --root "$out/fast" --experiment gpu --device "$device" --numerics fast
    lines=8 step "shapes-$device" 300 ./CircuitPipeline.Bench shapes "$device" $sizes
    attribute cpu float64 cpu-float64
    attribute cpu float32 cpu-float32
    attribute "$device" float32 second-float32
    attribute "$device" float64 second-float64
    attribute "$device" bfloat16 second-bfloat16
    lines=40 step comparison 60 python3 ./compare.py "$out"
}

training() {
    lines=30 step "steps-$device" 300 ./CircuitPipeline.Bench steps "$device" $sizes
    lines=30 step "steps-peft-$device" 300 python3 ./peft_step.py "$device" $sizes
}

peft() {
    lines=20 step logits-of-peft 300 ./CircuitPipeline.TorchTests "logits of peft"
}

pythia() {
    mkdir -p "$out/pythia/experiments" && cp experiments/pythia-160m-add-sub.yaml "$out/pythia/experiments/"
    step random-pythia 120 python3 ./random_pythia.py ./random-pythia
    lines=40 step study-pythia 400 "$tool" run --root "$out/pythia" --experiment pythia-160m-add-sub --device "$device" \
        --set "model.checkpoint=$here/random-pythia"
    lines=2 step study-pythia-again 60 "$tool" run --root "$out/pythia" --experiment pythia-160m-add-sub --device "$device" \
        --set "model.checkpoint=$here/random-pythia"
}

# The scores of one model, that of the study on the processor, so that the devices differ in nothing but the computation.
attribute() {
    lines=2 step "attribute-$3" 120 "$tool" attribute --model "$out/cpu/artifacts/gpu/Pretrain/base-0" \
        --pairs "$here/pairs.jsonl" --method eap-ig-inputs --device "$1" --dtype "$2" --threads 1 --out "$out/scores-$3.json"
}

case ${1:-} in
prepare) prepare "${@:2}" ;;
run) run "${@:2}" ;;
*)
    sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
