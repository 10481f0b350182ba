using System.CommandLine;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Server.Documents;
using Headgate.Server.Reporting;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary><c>headgate routes</c>: what documents serve and what of it is enforced.</summary>
internal static class RoutesCommand
{
    private static readonly string[] s_columns = ["METHOD", "PATH", "OPERATION", "SECURITY", "BACKEND", "POLICIES", "NOT ENFORCED YET"];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("routes", "List the routes of OpenAPI documents: method, path, operation, security, backend, policies, and what is not enforced yet.");
        SettingArguments settings = SettingArguments.AddTo(command, [SettingsCatalogue.Overlay, SettingsCatalogue.Service, SettingsCatalogue.Upstream, SettingsCatalogue.Security, SettingsCatalogue.Issuer]);
        Option<OutputFormat> format = CommonOptions.Format();
        command.Options.Add(format);
        CommandExamples.Set(command, """
              headgate routes api.yaml --upstream http://127.0.0.1:3000
              headgate routes orders.yaml --security passthrough --format json
            """);
        command.SetAction(result => settings.Read(result, console) is { } options ? List(options, result.GetValue(format), console) : ExitCodes.Usage);
        return command;
    }

    private static int List(ServerOptions options, OutputFormat format, CommandConsole console)
    {
        using IssuerKeysDirectory issuers = LoadedDocuments.CreateIssuers(TimeProvider.System);
        Configuration configuration = LoadedDocuments.Load(options, issuers, TimeProvider.System);
        IReadOnlyList<RouteReport> routes = RouteListing.Of(configuration.Plan);
        if (format == OutputFormat.Json)
            console.WriteJson(routes, ReportJson.Readable.IReadOnlyListRouteReport);
        else
            TextTable.Write(console.Output, [s_columns, .. routes.Select(Row)]);

        ServedDocument[] broken = [.. configuration.Documents.Where(document => document.Running is null)];
        foreach (ServedDocument document in broken)
            console.Error.WriteLine($"headgate: {document.Path} has errors and serves nothing: {FirstError(document)} headgate validate shows all.");
        return broken.Length > 0 ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static string FirstError(ServedDocument document) =>
        document.Latest.Diagnostics.Items.First(finding => finding.Severity == OpenApi.Diagnostics.DiagnosticSeverity.Error).ToString();

    private static string[] Row(RouteReport route) =>
    [
        route.Method,
        route.Path,
        route.Operation,
        route.Security,
        route.Backend,
        route.Policies.Count == 0 ? "-" : string.Join(' ', route.Policies),
        route.NotEnforced.Count == 0 ? "-" : string.Join(' ', route.NotEnforced),
    ];
}
