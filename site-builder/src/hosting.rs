//! How the site is to be served: headers, caching, redirects; once, for `fivexx serve` and for every host.

use std::collections::BTreeMap;
use std::fmt::Write;

/// What a page may load: nothing from elsewhere, no inline script or style. Stands in every page too, so that it holds on any host.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                          worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/// Files under these names change their name with what they hold.
pub const FINGERPRINTED: &str = "/assets/";
const FOREVER: &str = "public, max-age=31536000, immutable";
const REVALIDATED: &str = "public, max-age=0, must-revalidate";

/// The headers of every response, but for caching.
pub fn headers() -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", format!("{POLICY}; frame-ancestors 'none'")),
        ("Strict-Transport-Security", "max-age=63072000; includeSubDomains".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
    ]
}

/// Scripts and data that pages of other origins may load: the embedded checker, and the JSON.
const SHARED: [&str; 3] = ["/assets/", "/embed.js", "/api/"];

/// The files that tell hosts all this; `redirects` leads from old addresses to new ones.
pub fn files(redirects: &BTreeMap<String, String>) -> BTreeMap<String, Vec<u8>> {
    let files = [
        ("_headers", netlify_headers()),
        ("_redirects", netlify_redirects(redirects)),
        ("hosting/nginx.conf", nginx(redirects)),
        ("hosting/Caddyfile", caddy(redirects)),
        ("hosting/apache.conf", apache(redirects)),
        ("hosting/s3-cloudfront.txt", cloudfront()),
    ];
    files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

fn netlify_headers() -> String {
    let all: String = headers().iter().fold(String::from("/*\n"), |mut out, (name, value)| {
        let _ = writeln!(out, "  {name}: {value}");
        out
    });
    let shared: String = SHARED.iter().map(|path| format!("{path}{}\n  Access-Control-Allow-Origin: *\n", star(path))).collect();
    format!("{all}  Cache-Control: {REVALIDATED}\n{FINGERPRINTED}*\n  ! Cache-Control\n  Cache-Control: {FOREVER}\n{shared}")
}

fn star(path: &str) -> &'static str {
    if path.ends_with('/') { "*" } else { "" }
}

fn netlify_redirects(redirects: &BTreeMap<String, String>) -> String {
    redirects.iter().map(|(from, to)| format!("{from} {to} 301\n")).collect()
}

fn nginx(redirects: &BTreeMap<String, String>) -> String {
    // nginx inherits add_header only where a block has none of its own, so every block has all.
    let all: String = headers().iter().map(|(name, value)| format!("        add_header {name} \"{value}\" always;\n")).collect();
    let moved: String = redirects.iter().map(|(from, to)| format!("    location = {from} {{ return 301 {to}; }}\n")).collect();
    let shared = "        add_header Access-Control-Allow-Origin *;\n";
    format!(
        "# Inside of server {{ … }}. gzip_static and brotli_static (ngx_brotli) send the files that `fivexx build --precompress` wrote.\n\
         root /var/www/fivexx;\nindex index.html;\nerror_page 404 /404.html;\ngzip_static on;\n# brotli_static on;\n\
         charset utf-8;\ntypes {{ include mime.types; application/wasm wasm; text/markdown md; }}\n\n\
         location / {{\n{all}        add_header Cache-Control \"{REVALIDATED}\";\n        try_files $uri $uri/ =404;\n    }}\n\
         location {FINGERPRINTED} {{\n{all}{shared}        add_header Cache-Control \"{FOREVER}\";\n    }}\n\
         location ~ ^/(api/|embed\\.js$) {{\n{all}{shared}        add_header Cache-Control \"{REVALIDATED}\";\n    }}\n{moved}"
    )
}

fn caddy(redirects: &BTreeMap<String, String>) -> String {
    let all: String = headers().iter().map(|(name, value)| format!("        {name} \"{value}\"\n")).collect();
    let moved: String = redirects.iter().map(|(from, to)| format!("    redir {from} {to} permanent\n")).collect();
    format!(
        "fivexx.example {{\n    root * /var/www/fivexx\n{moved}    file_server {{\n        precompressed br gzip\n    }}\n    header {{\n{all}    }}\n    \
         @fixed path {FINGERPRINTED}*\n    header @fixed Cache-Control \"{FOREVER}\"\n    @other not path {FINGERPRINTED}*\n    \
         header @other Cache-Control \"{REVALIDATED}\"\n    @shared path {FINGERPRINTED}* /embed.js /api/*\n    \
         header @shared Access-Control-Allow-Origin *\n    handle_errors {{\n        rewrite * /404.html\n        file_server\n    }}\n}}\n"
    )
}

fn apache(redirects: &BTreeMap<String, String>) -> String {
    let all: String = headers().iter().map(|(name, value)| format!("Header always set {name} \"{value}\"\n")).collect();
    let moved: String = redirects.iter().map(|(from, to)| format!("RedirectMatch 301 \"^{from}$\" \"{to}\"\n")).collect();
    format!(
        "# In the virtual host, or as .htaccess. Needs mod_headers; mod_rewrite for the files that `fivexx build --precompress` wrote.\n\
         {moved}ErrorDocument 404 /404.html\nAddType application/wasm .wasm\nAddType text/markdown .md\nAddCharset utf-8 .html .js .css .md\n{all}\
         Header set Cache-Control \"{REVALIDATED}\"\n<If \"%{{REQUEST_URI}} =~ m#^{FINGERPRINTED}#\">\n    Header set Cache-Control \"{FOREVER}\"\n</If>\n\
         <If \"%{{REQUEST_URI}} =~ m#^/(assets/|api/|embed\\.js)#\">\n    Header set Access-Control-Allow-Origin \"*\"\n</If>\n\
         RewriteEngine On\nRewriteCond %{{HTTP:Accept-Encoding}} br\nRewriteCond %{{DOCUMENT_ROOT}}%{{REQUEST_URI}}.br -f\n\
         RewriteRule \"\\.(html|css|js|wasm|bin|md|json|svg|txt|xml)$\" \"%{{REQUEST_URI}}.br\" [E=precompressed:br,L]\n\
         Header set Content-Encoding br env=REDIRECT_precompressed\nHeader append Vary Accept-Encoding\n"
    )
}

fn cloudfront() -> String {
    let all: String = headers().iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!(
        "S3 and CloudFront\n\n\
         1. Sync in two steps, so that no page names a file that is not there yet:\n\
         \x20  aws s3 sync site/assets s3://BUCKET/assets --cache-control \"{FOREVER}\"\n\
         \x20  aws s3 sync site s3://BUCKET --exclude \"assets/*\" --cache-control \"{REVALIDATED}\" --delete\n\
         2. Origin: the bucket by origin access control, not its website endpoint. A CloudFront function on viewer requests adds index.html:\n\
         \x20  function handler(event) {{\n\
         \x20    const request = event.request;\n\
         \x20    if (request.uri.endsWith('/')) request.uri += 'index.html';\n\
         \x20    else if (!request.uri.split('/').pop().includes('.')) return {{ statusCode: 301, headers: {{ location: {{ value: request.uri + '/' }} }} }};\n\
         \x20    return request;\n\
         \x20  }}\n\
         3. Custom error response: 403 and 404 become /404.html with status 404.\n\
         4. Compression on; a response headers policy with:\n{all}\
         \x20 and Access-Control-Allow-Origin: * for /assets/*, /api/* and /embed.js.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_host_allows_what_the_policy_does_not() {
        assert!(!POLICY.contains("unsafe-inline") && !POLICY.contains("'unsafe-eval'") && !POLICY.contains('*'));
        let redirects = BTreeMap::from([("/old/".to_owned(), "/502/".to_owned())]);
        for (name, bytes) in files(&redirects) {
            let text = String::from_utf8(bytes).unwrap_or_default();
            assert!(name == "_redirects" || text.contains(POLICY), "{name} lacks the policy");
            assert!(name == "_headers" || name.ends_with(".txt") || text.contains("/old/"), "{name} lacks the redirect");
        }
    }
}
