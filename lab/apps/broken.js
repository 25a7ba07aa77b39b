// An application that can't be loaded: a module that it needs is not installed.
require("module-that-is-not-installed");
