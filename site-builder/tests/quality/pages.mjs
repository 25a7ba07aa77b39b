// One page of each kind.

export const KINDS = [
  "/", "/codes/", "/502/", "/502-vs-504/", "/systems/", "/systems/nginx/", "/systems/nginx/messages/", "/systems/nginx/timeouts/", "/timeouts/", "/timeouts/by-duration/",
  "/causes/", "/causes/keepalive-race/", "/messages/", "/messages/nginx-connect-refused/", "/guides/", "/guides/the-first-ten-minutes-of-a-502/", "/faq/", "/faq/can-dns-cause-a-502/", "/check/",
  "/tags/", "/tags/connection/", "/glossary/", "/lab/", "/docs/", "/docs/ranking/", "/embed/", "/search/", "/404.html",
];

/** The kinds that differ enough in what they load to be worth a Lighthouse run each. */
export const MEASURED = ["/", "/502/", "/502-vs-504/", "/systems/nginx/", "/timeouts/", "/causes/keepalive-race/", "/messages/nginx-connect-refused/", "/guides/the-first-ten-minutes-of-a-502/", "/faq/", "/check/"];

export const BROWSER = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};
