listen "127.0.0.1:{{port}}"
worker_processes 1
timeout {{timeout}}
preload_app {{preload}}
