// Files and long texts that are pasted or dropped: taken as files, before the browser puts them into a box that can't hold them.

/** A text of more letters than this is read as a file. */
const LARGEST_TEXT = 500_000;

/** Gives what is pasted or dropped on a section to `read`, with a name. */
export function listen(section, read) {
  section.querySelector(".checker-evidence").addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const [file] = event.clipboardData?.files ?? [];
    if (text.length > LARGEST_TEXT) take(event, new Blob([text]), "What you pasted");
    else if (file && !text) take(event, file, file.name);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) section.addEventListener(kind, drag);

  function take(event, file, name) {
    event.preventDefault();
    read(file, name);
  }

  function drag(event) {
    const [file] = event.dataTransfer.files;
    if (!file && !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    section.classList.toggle("is-target", event.type === "dragover");
    if (event.type === "drop" && file) read(file, file.name);
  }
}
