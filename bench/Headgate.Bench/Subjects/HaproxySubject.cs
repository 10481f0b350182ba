using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>HAProxy: one thread, keep-alive to the upstream with connections shared between clients.</summary>
internal sealed class HaproxySubject() : Subject("haproxy")
{
    /// <summary>Whether each request is written to a file, as HAProxy's HTTP log line.</summary>
    public bool AccessLog { get; init; }

    /// <summary>Rules of the frontend beside forwarding.</summary>
    public string Frontend { get; init; } = "";

    /// <summary>Sections beside the frontend and its backend.</summary>
    public string Sections { get; init; } = "";

    public override async Task<RunningSubject> StartAsync(SubjectStart start, CancellationToken cancellation)
    {
        var folder = start.Context.FolderFor(Name);
        var port = Loopback.FreePort();
        var file = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, Configuration(port, start.Upstream.Address), cancellation);
        return await start.LaunchAsync(Name, Launch(start.Context.Tools, file, folder), port, cancellation);
    }

    // HAProxy writes logs to a descriptor or a syslog server, not to a file: a shell gives it the file and becomes it.
    private Launch Launch(Toolbox tools, string file, string folder) => AccessLog
        ? new Launch("/bin/sh", ["-c", "exec \"$0\" -db -f \"$1\" >\"$2\"", tools.Haproxy, file, $"{folder}/access.log"])
        : new Launch(tools.Haproxy, ["-db", "-f", file]);

    private string Configuration(int port, Uri upstream) => $"""
        global
          nbthread 1
          maxconn 19000
          no strict-limits
          {(AccessLog ? "log stdout format raw local0" : "")}
        defaults
          mode http
          option http-keep-alive
          http-reuse always
          timeout connect 5s
          timeout client 1h
          timeout server 1h
          {(AccessLog ? "log global" : "")}
          {(AccessLog ? "option httplog" : "")}
        frontend measured
          bind 127.0.0.1:{port} backlog 4096
        {Frontend}
          default_backend upstream
        backend upstream
          server upstream {upstream.Authority}
        {Sections}

        """;
}
