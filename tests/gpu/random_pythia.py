"""Writes a model of Pythia-160m's shape with random weights into a folder, as transformers does, beside the tokenizer that lies there."""

import sys

import torch
import transformers

torch.manual_seed(0)
config = transformers.GPTNeoXConfig(
    num_hidden_layers=12, num_attention_heads=12, hidden_size=768, intermediate_size=3072, vocab_size=50304,
    rotary_pct=0.25, max_position_embeddings=2048, bos_token_id=0, eos_token_id=0, tie_word_embeddings=False)
transformers.AutoModelForCausalLM.from_config(config, dtype=torch.float32).save_pretrained(sys.argv[1])
