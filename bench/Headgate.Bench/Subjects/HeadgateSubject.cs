using Headgate.Bench.Documents;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>The gateway with its defaults.</summary>
internal sealed class HeadgateSubject(string name = "headgate") : Subject(name)
{
    /// <summary>The OpenAPI document that it runs.</summary>
    public Func<string> Document { get; init; } = ForwardDocument.Write;

    /// <summary>Arguments after the common ones.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The name under which the document calls the upstream; null where it names no service.</summary>
    public string? Service { get; init; }

    /// <summary>Whether each request is written to a file.</summary>
    public bool AccessLog { get; init; }

    /// <summary>Whether sockets complete on the event thread, as the launcher sets it.</summary>
    public bool InlineCompletions { get; init; } = true;

    /// <summary>The executable; null for the one under test.</summary>
    public string? Program { get; init; }

    /// <summary>The same subject run by another executable.</summary>
    public HeadgateSubject RunBy(string program) => new($"{Name}-compared")
    {
        Program = program,
        Document = Document,
        Arguments = Arguments,
        Service = Service,
        AccessLog = AccessLog,
        InlineCompletions = InlineCompletions,
    };

    public override async Task<RunningSubject> StartAsync(SubjectStart start, CancellationToken cancellation)
    {
        var folder = start.Context.FolderFor(Name);
        var port = Loopback.FreePort();
        var admin = Loopback.Address(Loopback.FreePort());
        var document = Path.Combine(folder, "openapi.json");
        await File.WriteAllTextAsync(document, Document(), cancellation);
        string[] arguments =
        [
            "run", document,
            "--listen", Loopback.Address(port).ToString(),
            "--admin", admin.ToString(),
            "--data", Path.Combine(folder, "data"),
            "--upstream", start.Upstream.Address.ToString(),
            .. Service is null ? Array.Empty<string>() : ["--service", $"{Service}={start.Upstream.Address}"],
            .. AccessLog ? ["--access-log", $"text:{folder}/access.log"] : Array.Empty<string>(),
            .. Arguments,
        ];
        var launch = new Launch(Program ?? start.Context.Tools.Headgate, arguments) { Environment = Variables() };
        return await start.LaunchAsync(Name, launch, port, new Uri(admin, "/metrics"), cancellation);
    }

    // What the launcher sets for every run.
    private Dictionary<string, string> Variables() => new()
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = InlineCompletions ? "1" : "0",
        ["DOTNET_TieredPGO"] = "1",
        ["DOTNET_gcConcurrent"] = "0",
    };
}
