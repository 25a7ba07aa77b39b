"""An application that can't be loaded: a module that it needs is not installed."""
import module_that_is_not_installed

application = module_that_is_not_installed.application
asgi = application
