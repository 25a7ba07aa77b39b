# What Puma and Unicorn run: one way to fail for each path.
require 'socket'
require 'net/http'

run(lambda do |environment|
  path = environment['PATH_INFO']
  case path
  when %r{\A/sleep/} then sleep(path.delete_prefix('/sleep/').to_f)
  when '/killed' then Process.kill(:KILL, Process.pid)
  when '/exception' then raise ArgumentError, 'the report has no rows'
  when '/database' then TCPSocket.new('127.0.0.1', ENV.fetch('DATABASE_PORT'))
  when '/api' then Net::HTTP.get_response(URI("http://127.0.0.1:#{ENV.fetch('API_PORT')}/prices")).value
  end
  [200, { 'content-type' => 'text/plain' }, ["ok\n"]]
end)
