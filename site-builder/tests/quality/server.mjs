// The built site as a host serves it: precompressed files, the headers of `_headers`, 404.html.

import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png", ".md": "text/markdown; charset=utf-8", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
};

/** The rules of a `_headers` file: path, with `*` at the end for a beginning, and headers. */
function rules(text) {
  const rules = [];
  for (const line of text.split("\n")) {
    if (/^\s/.test(line)) {
      const [name, ...value] = line.trim().split(": ");
      if (value.length) rules.at(-1).headers.push([name, value.join(": ")]);
    } else if (line) rules.push({ path: line, headers: [] });
  }
  return rules;
}

const matches = (rule, path) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : rule === path);

/** Serves `folder` on a free port; gives its address and a way to end it. */
export async function serve(folder) {
  const all = rules(readFileSync(join(folder, "_headers"), "utf8"));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = join(folder, normalize(path));
    if (existsSync(file) && statSync(file).isDirectory()) {
      if (!path.endsWith("/")) return response.writeHead(301, { location: `${path}/` }).end();
      file = join(file, "index.html");
    }
    const isFound = existsSync(file);
    if (!isFound) file = join(folder, "404.html");
    for (const rule of all) if (matches(rule.path, path)) for (const [name, value] of rule.headers) response.setHeader(name, value);
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    const takesBrotli = (request.headers["accept-encoding"] ?? "").includes("br") && existsSync(`${file}.br`);
    if (takesBrotli) response.setHeader("content-encoding", "br");
    response.writeHead(isFound ? 200 : 404).end(readFileSync(takesBrotli ? `${file}.br` : file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
