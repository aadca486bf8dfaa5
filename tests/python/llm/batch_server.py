"""A batch endpoint of two providers on this machine, with the faults that real ones have."""

import http.server
import json
import random
import re
import threading

FATES = ["right", "right", "wrong", "fenced", "refused", "cut", "failed", "lost", "thinking", "right"]


def answer_to(fate, truth):
    """The text, and how it ended."""
    wrong = [[(cell + 1) % 10 for cell in row] for row in truth]
    return {
        "right": (f"output: {truth}", "stop"),
        "wrong": (f"output: {wrong}", "stop"),
        "fenced": (f"```json\n{json.dumps(truth)}\n```", "stop"),
        "refused": ("", "content_filter"),
        "cut": (f"output: {truth}"[:40], "length"),
        "thinking": (f"<think>output: {wrong}</think>\nThe answer is\n{truth}", "stop"),
    }[fate]


class BatchServer:
    """Answers every request by its fate, which its place in the batch decides. `truths`: by id."""

    def __init__(self, truths):
        self.truths, self.files, self.fates = truths, {}, {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send(outer.post(self.path, body))

            def do_GET(self):
                self.send(outer.get(self.path))

            def send(self, reply):
                data = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
                self.send_response(200)
                kind = "application/binary" if isinstance(reply, bytes) else "application/json"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def fate_of(self, name):
        return self.fates.setdefault(name, FATES[len(self.fates) % len(FATES)])

    def shuffled(self, lines):
        """In another order, some of them twice, the last one cut."""
        lines = lines + lines[::4]
        random.Random(3).shuffle(lines)
        return "\n".join([*lines, lines[0][:len(lines[0]) // 2]]).encode()

    # OpenAI: a file goes up, a batch is made of it, two files come down.

    def post(self, path, body):
        if path == "/v1/files":
            content = re.search(rb"\r\n\r\n(\{\"custom_id.*?)\r\n--", body, re.S).group(1)
            self.files["in"] = content.decode()
            return {"id": "in", "object": "file", "bytes": len(content), "created_at": 0,
                    "filename": "in.jsonl", "purpose": "batch", "status": "processed"}
        if path == "/v1/batches":
            self.answer_openai()
            return self.openai_batch()
        assert path.startswith("/v1/messages/batches"), path
        self.answer_anthropic(json.loads(body)["requests"])
        return self.anthropic_batch()

    def get(self, path):
        if path.startswith("/v1/batches/"):
            return self.openai_batch()
        if path.startswith("/v1/files/"):
            return self.files[path.split("/")[3]]
        return self.files["out"] if path.endswith("/results") else self.anthropic_batch()

    def openai_batch(self):
        return {"id": "b", "object": "batch", "endpoint": "/v1/chat/completions", "input_file_id": "in",
                "completion_window": "24h", "status": "completed", "created_at": 0,
                "output_file_id": "out", "error_file_id": "err"}

    def answer_openai(self):
        good, bad = [], []
        for line in self.files["in"].splitlines():
            name = json.loads(line)["custom_id"]
            fate = self.fate_of(name)
            if fate == "lost":
                continue
            if fate == "failed":
                bad.append({"id": "r", "custom_id": name, "response": None,
                            "error": {"code": "server_error", "message": "try again"}})
                continue
            text, finish = answer_to(fate, self.truths[name])
            body = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text},
                                 "finish_reason": finish}],
                    "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}}
            good.append({"id": "r", "custom_id": name, "error": None,
                         "response": {"status_code": 200, "request_id": "q", "body": body}})
        self.files["out"] = self.shuffled([json.dumps(row) for row in good])
        self.files["err"] = "\n".join(json.dumps(row) for row in bad).encode()

    # Anthropic: the batch goes up as one body, one file comes down.

    def anthropic_batch(self):
        return {"id": "b", "type": "message_batch", "processing_status": "ended",
                "created_at": "2026-01-01T00:00:00Z", "expires_at": "2026-01-02T00:00:00Z",
                "request_counts": {"canceled": 0, "errored": 1, "expired": 0, "processing": 0,
                                   "succeeded": 1},
                "results_url": f"{self.url}/v1/messages/batches/b/results"}

    def answer_anthropic(self, requests):
        stops = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
        rows = []
        for request in requests:
            name = request["custom_id"]
            fate = self.fate_of(name)
            if fate == "lost":
                continue
            if fate == "failed":
                result = {"type": "expired"}
            else:
                text, finish = answer_to(fate, self.truths[name])
                content = [{"type": "thinking", "thinking": "output: [[9]]", "signature": "s"},
                           {"type": "text", "text": text}]
                message = {"id": "m", "type": "message", "role": "assistant", "model": "m",
                           "content": content, "stop_reason": stops[finish], "stop_sequence": None,
                           "usage": {"input_tokens": 100, "output_tokens": 10}}
                result = {"type": "succeeded", "message": message}
            rows.append(json.dumps({"custom_id": name, "result": result}))
        self.files["out"] = self.shuffled(rows)
