"""A news site on a port of its own: serves what a test puts there, and notes what was asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PARAGRAPHS = (
    "{title}, the harbour master of Marrow Sound said on Monday after a long night at the quay.",
    "Two boats had been damaged in the storm and will be repaired before the summer, he added, "
    "while the county looks for money to pay for half of the work.",
    "Residents of the outer villages, who had lived on tinned food for four days, welcomed the "
    "news and thanked the crews who had stayed on board.",
    "Insurers are to look at the rest of the damage in January, a spokeswoman for them said.",
)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the site answers: a status, a body, and headers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """The pages by path, and the requests that came: path and headers, robots.txt left out."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.replies: dict[str, list[Reply]] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []

    def put(self, path: str, body: str | bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Serve a document and return its URL; put again, it comes after the one before."""
        data = body.encode() if isinstance(body, str) else body
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies.setdefault(path, []).append(Reply(status=status, body=data, headers=names))
        return self.url + path

    def replace(self, path: str, body: str | bytes = b"", *, status: int = 200) -> str:
        """Serve another document where one was."""
        self.replies.pop(path, None)
        return self.put(path, body, status=status)

    def put_article(self, path: str, title: str) -> str:
        """Serve a page with an article, and return its URL."""
        return self.put(path, article_page(title), Content_Type="text/html; charset=utf-8")

    def asked(self) -> list[str]:
        """Return the paths that were asked for, and forget them."""
        paths = [path for path, _ in self.requests]
        self.requests.clear()
        return paths

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        """Return the next reply for a path; the last one stays."""
        if path == "/robots.txt":
            return Reply(status=404)
        self.requests.append((path, headers))
        replies = self.replies.get(path)
        if not replies:
            return Reply(status=404)
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        etag = reply.headers.get("ETag")
        if etag and headers.get("If-None-Match") == etag:
            return Reply(status=304, headers=reply.headers)
        return reply


def article_page(title: str) -> str:
    """Return a page with an article of a few paragraphs."""
    text = "".join(f"<p>{paragraph.format(title=title)}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<!doctype html><html lang="en"><head><title>{title} - The Sound</title></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{text}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


@contextmanager
def serve_site() -> Iterator[Site]:
    """Serve a site until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.answer(self.path, dict(self.headers))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
