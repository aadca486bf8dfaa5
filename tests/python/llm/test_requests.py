"""Requests against the request types of the providers' own libraries."""

import base64
import copy
import json
import typing_extensions

import pydantic
import pytest
from anthropic.types.messages import batch_create_params
from google.genai import types as gemini
from openai.types.chat import completion_create_params

from conftest import recombine

OPTIONS = {"text": [], "image": ["--image"], "image-only": ["--image-only"], "all": ["--queries", "all"]}


@pytest.fixture(scope="module", params=OPTIONS)
def export(request, work, split):
    def run(provider, *more):
        out = work / "requests" / "-".join([provider, request.param, *more])
        recombine("prompts", "export", "--data", split / "test_ood", "--provider", provider, "--model", "m",
                  "--out", out, "--limit", 3, *OPTIONS[request.param], *more)
        return out
    return run


def strictly(kind):
    """A validator of a typed dictionary that takes no unknown key at the top."""
    strict = typing_extensions.TypedDict("Strict", typing_extensions.get_type_hints(kind, include_extras=True), total=False)
    strict.__pydantic_config__ = pydantic.ConfigDict(extra="forbid")
    return pydantic.TypeAdapter(strict)


def rows_of(out):
    return [json.loads(line) for line in (out / "requests-001.jsonl").read_text().splitlines()]


def refuses(validate, value, *keys):
    """Whether a value with an unknown key at `keys` is refused: the test can fail."""
    value = copy.deepcopy(value)
    place = value
    for key in keys:
        place = place[key]
    place["no_such_key"] = 1
    with pytest.raises(pydantic.ValidationError):
        validate(value)


@pytest.mark.parametrize("more", [(), ("--reasoning", "low")])
def test_openai_lines(export, more):
    kind = strictly(completion_create_params.CompletionCreateParamsNonStreaming)
    rows = rows_of(export("openai", *more))
    for row in rows:
        assert list(row) == ["custom_id", "method", "url", "body"]
        assert (row["method"], row["url"]) == ("POST", "/v1/chat/completions")
        kind.validate_python(row["body"])
        for part in row["body"]["messages"][0]["content"]:
            if isinstance(part, dict) and part["type"] == "image_url":
                url = part["image_url"]["url"]
                assert base64.b64decode(url.removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")
    refuses(kind.validate_python, rows[0]["body"])


@pytest.mark.parametrize("more", [(), ("--reasoning", "high")])
def test_anthropic_requests(export, more):
    body = json.loads((export("anthropic", *more) / "requests-001.json").read_text())
    kind = strictly(batch_create_params.Request)
    assert list(body) == ["requests"]
    for request in body["requests"]:
        kind.validate_python(request)
    refuses(kind.validate_python, body["requests"][0])


@pytest.mark.parametrize("flavour", ["developer", "vertex"])
@pytest.mark.parametrize("more", [(), ("--reasoning", "medium")])
def test_gemini_lines(export, flavour, more):
    rows = rows_of(export("gemini", "--flavour", flavour, *more))
    for row in rows:
        request = row["request"]
        key = "generation_config" if flavour == "developer" else "generationConfig"
        contents = [gemini.Content.model_validate(content) for content in request["contents"]]
        assert contents[0].parts[0].text
        config = gemini.GenerationConfig.model_validate(request[key])
        assert config.max_output_tokens > 0
        assert (row["key"] if flavour == "developer" else request["labels"]["custom_id"])
    refuses(gemini.GenerationConfig.model_validate, rows[0]["request"][key])
