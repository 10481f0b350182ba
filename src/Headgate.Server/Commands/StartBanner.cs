using Headgate.OpenApi.Diagnostics;
using Headgate.Server.Documents;
using Headgate.Server.Hosting;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>What <c>headgate run</c> says when it starts. Goes to standard error, which leaves standard output to the access log.</summary>
internal sealed class StartBanner(CommandConsole console)
{
    /// <summary>Errors in full; warnings as a count, since <c>headgate validate</c> shows them.</summary>
    public void WriteFindings(Configuration configuration)
    {
        DiagnosticReport[] errors = [.. configuration.Documents.SelectMany(document => document.Latest.Diagnostics.Items)
            .Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(DiagnosticReport.Of)];
        new DiagnosticText(new CommandConsole(console.Error, console.Error, colours: false)).Write(errors);
    }

    /// <summary>Why nothing is served.</summary>
    public void WriteRefusal(Configuration configuration)
    {
        string broken = string.Join(", ", configuration.Documents.Where(document => document.Running is null).Select(document => document.Path));
        console.Error.WriteLine(configuration.Serves
            ? $"headgate: {broken} cannot be served, and --strict refuses to start without. Mend the errors above."
            : $"headgate: No document can be served: {broken}. Mend the errors above; headgate validate shows them again.");
    }

    /// <summary>What is served where.</summary>
    public void WriteAddresses(GatewayHost host)
    {
        TextWriter error = console.Error;
        error.WriteLine($"headgate {VersionReport.Current.Version} is ready");
        foreach (ServedDocument document in host.Reloader.Current.Documents)
            error.WriteLine(Line(document));
        foreach (BuiltInReport builtIn in BuiltInReport.Of(host.Reloader.Current.Plan))
            error.WriteLine($"  own      {builtIn}");
        error.WriteLine($"  clients  {string.Join("  ", host.Addresses)}");
        error.WriteLine($"  admin    {host.AdminAddress}  (/healthz /readyz /metrics; /admin/v1 with the key)");
        if (host.Key.MadeIn is { } file)
            error.WriteLine(KeyLine(host.Key, file));
        if (host.ProbesAddress is { } probes)
            error.WriteLine($"  probes   {probes}");
        int warnings = host.Reloader.Current.Count(DiagnosticSeverity.Warning);
        if (warnings > 0)
            error.WriteLine($"  {warnings} warning{(warnings == 1 ? "" : "s")}: headgate validate {string.Join(' ', host.Reloader.Current.Documents.Select(document => document.Path))}");
        error.Flush();
    }

    /// <summary>The same for programs.</summary>
    public void WriteReport(GatewayHost host)
    {
        var report = new RunReport(
            VersionReport.Current.Version,
            Environment.ProcessId,
            [.. host.Addresses.Select(address => address.ToString())],
            host.AdminAddress.ToString(),
            host.ProbesAddress?.ToString(),
            [.. host.Reloader.Current.Documents.Select(DocumentReport.Of)]);
        console.WriteJson(report, ReportJson.OneLine.RunReport);
        console.Output.Flush();
    }

    // Where standard error is kept (a log, a container's output) the key has no business.
    private string KeyLine(AdminKey key, string file) => console.HasReader
        ? $"  key      {key.Text}  (shown this once; kept in {file})"
        : $"  key      made, in {file}";

    private static string Line(ServedDocument document) => document.Running is { } running
        ? $"  serving  {document.Path}: {running.Title} {running.ApiVersion}, {running.Operations.Count} operation{(running.Operations.Count == 1 ? "" : "s")} under {string.Join(" and ", running.BasePaths.Select(path => path.Length == 0 ? "/" : path))}"
        : $"  BROKEN   {document.Path}: not served, errors above";
}
