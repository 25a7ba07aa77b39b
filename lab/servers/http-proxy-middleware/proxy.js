// The timeout is 1 s, so that a run is short; by default http-proxy-middleware waits for ever.
const express = require("express");
const { createProxyMiddleware } = require("http-proxy-middleware");

const app = express();
app.use(createProxyMiddleware({ target: "{{target}}", proxyTimeout: 1000, logger: console, {{options}} }));
app.listen({{port}}, "127.0.0.1");
