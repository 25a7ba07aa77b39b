"""What the laboratory's Python servers run: one way to fail for each path. `application` is WSGI, `asgi` is ASGI."""
import ctypes
import os
import signal
import socket
import time
import urllib.request


def report(path):
    if path.startswith("/sleep/"):
        time.sleep(float(path.removeprefix("/sleep/")))
    elif path == "/killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif path == "/segfault":
        ctypes.string_at(0)
    elif path == "/exception":
        raise ValueError("the report has no rows")
    elif path == "/memory":
        return b"x" * (1 << 40)
    elif path == "/database":
        socket.create_connection(("127.0.0.1", int(os.environ["DATABASE_PORT"])))
    elif path == "/api":
        urllib.request.urlopen(f"http://127.0.0.1:{os.environ['API_PORT']}/prices")
    return b"ok\n"


def application(environ, start_response):
    body = report(environ["PATH_INFO"])
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


async def asgi(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    body = report(scope["path"])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})
