# Timeouts are 1 s, so that a run is short; the defaults are 3.5 s for connecting and 60 s for the first byte and between bytes.
vcl 4.1;
backend none none;
backend app {
    {{backend}}
    {{timeouts}}
    {{more}}
}
sub vcl_recv {
    set req.backend_hint = app;
    {{receive}}
}
