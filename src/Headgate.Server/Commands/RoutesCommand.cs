using System.CommandLine;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Server.Documents;
using Headgate.Server.Reporting;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary><c>headgate routes</c>: what documents serve and what of it is enforced; with <c>--diff</c> what a reload of them would change.</summary>
internal static class RoutesCommand
{
    private static readonly string[] s_columns = ["METHOD", "PATH", "OPERATION", "SECURITY", "BACKEND", "POLICIES", "NOT ENFORCED YET"];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("routes", "List the routes of OpenAPI documents: method, path, operation, security, backend, policies, and what is not enforced yet. With --diff: what a reload of them would change in the running instance.");
        SettingArguments settings = SettingArguments.AddTo(command, [SettingsCatalogue.Overlay, SettingsCatalogue.Service, SettingsCatalogue.Upstream, SettingsCatalogue.Security, SettingsCatalogue.Issuer]);
        var diff = new Option<bool>("--diff") { Description = "Compare with what the running instance does, with its own settings. Without FILE: its own documents as they are now." };
        command.Options.Add(diff);
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate routes api.yaml --upstream http://127.0.0.1:3000
              headgate routes orders.yaml --security passthrough --format json
              headgate routes --diff new/orders.yaml

            Exit codes: 0 listed or compared, whatever differs; 1 a document has errors; 2 wrong arguments, or no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => result.GetValue(diff)
            ? RoutesDiff.ShowAsync(instance.Target(result, console), settings.Given(result), instance.WantsJson(result), cancellationToken)
            : Task.FromResult(settings.Read(result, console) is { } options ? List(options, instance.WantsJson(result), console) : ExitCodes.Usage));
        return command;
    }

    private static int List(ServerOptions options, bool json, CommandConsole console)
    {
        using IssuerKeysDirectory issuers = LoadedDocuments.CreateIssuers(TimeProvider.System);
        Configuration configuration = LoadedDocuments.Load(options, issuers, TimeProvider.System);
        IReadOnlyList<RouteReport> routes = RouteListing.Of(configuration.Plan);
        if (json)
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
