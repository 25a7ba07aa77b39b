// What the Node server runs: one way to fail for each path.
const http = require("http");
const net = require("net");

function spin(seconds) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end);
}

http
  .createServer((request, response) => {
    if (request.url.startsWith("/sleep/")) return setTimeout(() => response.end("ok\n"), request.url.slice(7) * 1000);
    if (request.url.startsWith("/spin/")) spin(request.url.slice(6));
    if (request.url === "/exception") setTimeout(() => { throw new Error("the report has no rows"); }, 10);
    else if (request.url === "/rejection") Promise.reject(new Error("the report has no rows"));
    else if (request.url === "/killed") process.kill(process.pid, "SIGKILL");
    else if (request.url === "/memory") { const rows = []; for (;;) rows.push(new Array(10000).fill("row")); }
    else if (request.url === "/database") net.connect(process.env.DATABASE_PORT, "127.0.0.1");
    else response.end("ok\n");
  })
  .listen(process.env.PORT, "127.0.0.1");
