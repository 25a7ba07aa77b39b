# An application that can't be loaded: a library that it needs is not installed.
require 'library_that_is_not_installed'
