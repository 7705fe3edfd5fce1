"""A small Whisper with random weights, converted as a person would convert a real one, and sounds to give it."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from ctranslate2.converters import TransformersConverter
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GenerationConfig, WhisperConfig, WhisperForConditionalGeneration
from transformers.utils.logging import disable_progress_bar

from pipeline.audio import RATE, Audio, decode

ROLEPLAY = Path(__file__).parents[2] / "eval" / "roleplays" / "acme-debrief.flac"
ROLEPLAY_WORDS = (
    "hi david thanks for making the time we have a few minutes to look at the call with acme this morning "
    "how do you feel it went"
)
LANGUAGES = ("en", "de", "fr", "es")
TEXT = ("so what do you think got in the way of the deal", "tell me more about that call", "okay, go on. right!")


def random_whisper(folder: Path, multilingual: bool = False, favour: Mapping[str, float] | None = None) -> Path:
    """A converted Whisper in `folder`; with `favour`, those tokens get that logit whatever is heard."""
    torch.manual_seed(1)
    written = tokenizer(multilingual)
    model = WhisperForConditionalGeneration(_config(written))
    model.generation_config = _generation(written)
    _be_brief(model, written)
    if favour:
        _favour(model, {written.token_to_id(token): logit for token, logit in favour.items()})
    disable_progress_bar()
    unconverted = folder / "unconverted"
    model.save_pretrained(unconverted)
    written.save(str(unconverted / "tokenizer.json"))
    end = dict.fromkeys(("bos_token", "eos_token", "pad_token", "unk_token"), "<|endoftext|>")
    _write(unconverted / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", **end})
    _write(unconverted / "preprocessor_config.json", {"feature_size": 80, "chunk_length": 30, "n_fft": 400})
    converter = TransformersConverter(str(unconverted), copy_files=["tokenizer.json", "preprocessor_config.json"])
    return Path(converter.convert(str(folder / "whisper"), quantization="int8"))


def tokenizer(multilingual: bool = False) -> Tokenizer:
    """A byte-level BPE tokenizer with Whisper's special tokens in Whisper's order."""
    special = ["<|endoftext|>", "<|startoftranscript|>", *(f"<|{code}|>" for code in LANGUAGES)]
    special += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>"]
    special += ["<|notimestamps|>", *(f"<|{step * 0.02:.2f}|>" for step in range(1501))]
    made = _with_empty_token(_trained()) if multilingual else _trained()
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens([AddedToken(token, special=True) for token in special])
    return made


def _trained() -> Tokenizer:
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(TEXT, trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, show_progress=False))
    return made


def _with_empty_token(trained: Tokenizer) -> Tokenizer:
    """CTranslate2 knows a multilingual Whisper by its token of no letters."""
    bpe = json.loads(trained.to_str())["model"]
    vocabulary: dict[str, int] = bpe["vocab"]
    return Tokenizer(models.BPE({**vocabulary, "": len(vocabulary)}, [tuple(merge) for merge in bpe["merges"]]))


def speech(start_s: float = 0.0, end_s: float = 9.0) -> Audio:
    """A stretch of a role-play, mono."""
    return Audio(decode(ROLEPLAY).audio.samples[:1, int(start_s * RATE) : int(end_s * RATE)])


def silence(seconds: float, noise: float = 0.0) -> Audio:
    """Nobody speaking, with white noise of that many units of 16-bit samples."""
    samples = np.random.default_rng(0).normal(0, noise, (1, int(seconds * RATE)))
    return Audio(samples.astype(np.int16))


def joined(*parts: Audio) -> Audio:
    """One recording after the other."""
    return Audio(np.concatenate([part.samples for part in parts], axis=1))


def _config(written: Tokenizer) -> WhisperConfig:
    sizes = {"d_model": 64, "encoder_layers": 1, "decoder_layers": 2, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64}
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    return WhisperConfig(vocab_size=written.get_vocab_size(), num_mel_bins=80, **sizes, **heads, **_ends(written))


def _generation(written: Tokenizer) -> GenerationConfig:
    languages = {f"<|{code}|>": written.token_to_id(f"<|{code}|>") for code in LANGUAGES}
    end = written.token_to_id("<|endoftext|>")
    return GenerationConfig(
        suppress_tokens=[],
        begin_suppress_tokens=[end],
        lang_to_id=languages,
        alignment_heads=[[1, 0]],
        **_ends(written),
    )


def _ends(written: Tokenizer) -> dict[str, int]:
    end = written.token_to_id("<|endoftext|>")
    start = written.token_to_id("<|startoftranscript|>")
    return {"bos_token_id": end, "eos_token_id": end, "pad_token_id": end, "decoder_start_token_id": start}


def _be_brief(model: WhisperForConditionalGeneration, written: Tokenizer) -> None:
    """Random weights ramble to the last token of every window and jump about in time; make an end likelier."""
    with torch.no_grad():
        model.model.decoder.layer_norm.bias[0] = 1.0
        model.proj_out.weight[written.token_to_id("<|0.00|>") :, 0] = -6.0
        model.proj_out.weight[written.token_to_id("<|endoftext|>"), 0] = 3.0


def _favour(model: WhisperForConditionalGeneration, logits: Mapping[int, float]) -> None:
    """Make the last hidden state the same for every input, so that logits are one column of the embedding."""
    norm = model.model.decoder.layer_norm
    with torch.no_grad():
        norm.weight.zero_()
        norm.bias.zero_()
        norm.bias[0] = 1.0
        for token, logit in logits.items():
            model.proj_out.weight[token, 0] = logit


def _write(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
