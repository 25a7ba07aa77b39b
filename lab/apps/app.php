<?php
// What PHP-FPM runs: one way to fail for each path.
$path = strtok($_SERVER['REQUEST_URI'], '?');
if (str_starts_with($path, '/sleep/')) {
    sleep((int) substr($path, 7));
} elseif ($path === '/killed') {
    posix_kill(posix_getpid(), 9);
} elseif ($path === '/segfault') {
    posix_kill(posix_getpid(), 11);
} elseif ($path === '/exception') {
    throw new RuntimeException('the report has no rows');
} elseif ($path === '/undefined') {
    function_that_is_not_defined();
} elseif ($path === '/missing-file') {
    require '/srv/app/vendor/autoload.php';
} elseif ($path === '/memory') {
    $rows = str_repeat('x', 1 << 28);
} elseif ($path === '/database') {
    new mysqli('127.0.0.1', 'app', 'secret', 'app', (int) getenv('DATABASE_PORT'));
} elseif ($path === '/large-header') {
    header('Set-Cookie: session=' . str_repeat('a', 9000));
}
echo "ok\n";
