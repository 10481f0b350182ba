using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>nginx as a proxy: one worker, keep-alive to the upstream.</summary>
internal sealed class NginxSubject(string name = "nginx") : Subject(name)
{
    /// <summary>For how long <c>proxy_cache</c> keeps answers, as nginx says it; null for no cache.</summary>
    public string? CacheFor { get; init; }

    /// <summary>Whether each request is written to a file, through nginx's own buffer.</summary>
    public bool AccessLog { get; init; }

    public override async Task<RunningSubject> StartAsync(SubjectStart start, CancellationToken cancellation)
    {
        var folder = start.Context.FolderFor(Name);
        var port = Loopback.FreePort();
        var log = AccessLog ? $"{folder}/access.log combined buffer=64k" : "off";
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, NginxConfiguration.Write(folder, Proxy(folder, port, start.Upstream.Address), log), cancellation);
        return await start.LaunchAsync(Name, NginxConfiguration.Launch(start.Context.Tools, file, folder), port, cancellation);
    }

    private string Proxy(string folder, int port, Uri upstream) => $$"""
          {{(CacheFor is null ? "" : $"proxy_cache_path {folder}/cache keys_zone=answers:64m max_size=128m;")}}
          upstream measured {
            server {{upstream.Authority}};
            keepalive 512;
            keepalive_requests 1000000000;
            keepalive_timeout 1h;
          }
          server {
            listen 127.0.0.1:{{port}} backlog=4096;
            location / {
              proxy_pass http://measured;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              {{(CacheFor is null ? "" : $"proxy_cache answers; proxy_cache_valid 200 {CacheFor}; proxy_cache_lock on;")}}
            }
          }
        """;
}
