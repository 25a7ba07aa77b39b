// Loads the checker when somebody wants to use it, and not before.
// The section names its files: data-glue, data-wasm, data-knowledge.

const section = document.querySelector("section.checker");
const inAddress = /^#[fa]=/;
let loading = null;

/** Loads the checker once; after a failure the next attempt loads it again. */
function load() {
  loading ??= run().catch((error) => {
    loading = null;
    report(error);
  });
  return loading;
}

async function run() {
  const address = (name) => new URL(section.dataset[name], document.baseURI).href;
  const [glue, knowledge] = await Promise.all([import(address("glue")), bytes(address("knowledge"))]);
  await glue.default({ module_or_path: address("wasm") });
  glue.start(section, knowledge);
}

async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

function report(error) {
  console.error(error);
  section.querySelector(".checker-verdict").textContent =
    "The checker could not be loaded. Reload the page to try again, with a browser that runs WebAssembly. " +
    "The questions and causes on these pages lead to the answer without it.";
}

if (section) {
  const textarea = section.querySelector(".checker-evidence");
  for (const kind of ["focus", "input", "paste", "drop"]) textarea.addEventListener(kind, load);
  for (const button of document.querySelectorAll(".checker-start")) {
    button.addEventListener("click", async () => {
      await load();
      section.querySelector("legend")?.focus();
    });
  }
  if (textarea.value.trim() || document.activeElement === textarea) load();
  const loadFromAddress = () => inAddress.test(location.hash) && load();
  addEventListener("hashchange", loadFromAddress);
  loadFromAddress();
}
