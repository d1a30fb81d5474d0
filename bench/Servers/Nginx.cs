using System.Diagnostics;
using System.Net.Sockets;

namespace Portico.Bench.Servers;

/// <summary>nginx in front of one backend, checking nothing and logging nothing, on connections it keeps.</summary>
internal static class Nginx
{
    public static async Task<(RunningProcess Process, Uri Address)> StartAsync(Workbench workbench, Uri backend, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(workbench.RunFolder, "nginx");
        Directory.CreateDirectory(folder);
        var port = FreePort.Next();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder, port, backend), cancellationToken);
        var nginx = Tool.Find("nginx-light", "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx");
        var process = RunningProcess.Start(Path.Combine(workbench.LogFolder, "nginx.log"), null, nginx, "-p", folder, "-c", configuration);
        try
        {
            await WaitAsync(port, cancellationToken);
            return (process, new Uri($"http://127.0.0.1:{port}"));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task WaitAsync(int port, CancellationToken cancellationToken)
    {
        for (var waiting = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync("127.0.0.1", port, cancellationToken);
                return;
            }
            catch (SocketException) when (waiting.Elapsed < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    private static string Configuration(string folder, int port, Uri backend) =>
        $$"""
        daemon off;
        worker_processes auto;
        pid {{folder}}/nginx.pid;
        error_log stderr warn;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            keepalive_requests 1000000;
            upstream backend {
                server {{backend.Authority}};
                keepalive 128;
                keepalive_requests 1000000;
            }
            server {
                listen 127.0.0.1:{{port}};
                location / {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $host;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Proto $scheme;
                }
            }
        }
        """;
}
