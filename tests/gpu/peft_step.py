"""The same steps of LoRA by transformers and PEFT: 8 rows of 32 tokens, labels at the last 4, rank 8 at every linear map."""

import statistics
import sys
import time

import peft
import torch
import transformers

SHAPES = {"70m": (6, 8, 512), "160m": (12, 12, 768), "410m": (24, 16, 1024), "1.4b": (24, 16, 2048)}
MAPS = ["query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h"]


def steps(size, device, dtype, attention, rows=8, pos=32, labels=4, count=20, rounds=5):
    layers, heads, width = SHAPES[size]
    config = transformers.GPTNeoXConfig(
        num_hidden_layers=layers, num_attention_heads=heads, hidden_size=width, intermediate_size=4 * width,
        vocab_size=50304, rotary_pct=0.25, attn_implementation=attention)
    with torch.device(device):
        model = transformers.AutoModelForCausalLM.from_config(config, dtype=dtype, attn_implementation=attention)
    model = peft.get_peft_model(model, peft.LoraConfig(r=8, lora_alpha=16, target_modules=MAPS, task_type="CAUSAL_LM"))
    model.train()
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-4, fused=device == "cuda")
    tokens = torch.randint(0, 50304, (rows, pos))
    targets = torch.full((rows, pos), -100)
    targets[:, -labels:] = tokens[:, -labels:]

    def train():
        for _ in range(count):
            loss = model(input_ids=tokens.to(device), labels=targets.to(device)).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            loss.item()

    def timed():
        start = time.perf_counter()
        train()
        return (time.perf_counter() - start) / count

    timed()
    seconds = statistics.median(timed() for _ in range(rounds))
    print(f"peft: {size}, {dtype} on {device}, {attention}: {rows} rows of {pos}: {seconds * 1e3:.2f} ms, {rows * pos / seconds:,.0f} tokens/s", flush=True)


if __name__ == "__main__":
    where, sizes = sys.argv[1], sys.argv[2:]
    print(f"peft {peft.__version__}, transformers {transformers.__version__}, torch {torch.__version__}")
    if where == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = True
    for name in sizes:
        for kind in (torch.bfloat16, torch.float32):
            for how in ("eager", "sdpa"):
                steps(name, where, kind, how)
