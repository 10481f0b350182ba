using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>The part of nginx's configuration that all uses share: one worker, everything in one folder, no connection limit in the way.</summary>
internal static class NginxConfiguration
{
    // A master of root's gives its workers to another user, who cannot write into the folder: to where answers are cached.
    private static readonly string Worker = Environment.IsPrivilegedProcess ? "user root;" : "";

    /// <summary>A whole configuration around what stands inside <c>http</c>.</summary>
    public static string Write(string folder, string http, string accessLog = "off") => $$"""
        daemon off;
        {{Worker}}
        worker_processes 1;
        worker_rlimit_nofile 20000;
        pid {{folder}}/nginx.pid;
        error_log stderr error;
        events { worker_connections 19000; }
        http {
          access_log {{accessLog}};
          default_type application/json;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
        {{http}}
        }

        """;

    public static Launch Launch(Toolbox tools, string file, string folder) =>
        new(tools.Nginx, ["-c", file, "-p", folder, "-e", "stderr"]);
}
