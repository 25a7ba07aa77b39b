// Runs before the page is drawn: the theme that was chosen, and whether scripts can load more (not from a file on disk).
{
  const root = document.documentElement;
  if (location.protocol !== "file:") root.dataset.scripted = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme) root.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's preference holds then.
  }
}
