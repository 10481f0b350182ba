using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate drain</c> and <c>headgate undrain</c>: takes the instance, or an instance of a service, out of traffic and back.</summary>
internal static class DrainCommand
{
    public static Command Create(CommandConsole console) => Create(
        console,
        "drain",
        "Take the running instance out of its load balancer's hands (/readyz turns 503; it goes on serving who comes), or with --service an instance of a service out of traffic.",
        """
              headgate drain
              headgate drain --service orders --instance http://10.0.0.5:8080

            `headgate undrain` takes it back; of the instance itself a restart does, too. SIGTERM drains and ends the process.
            Exit codes: 0 done, 1 there is no such service or instance, 2 wrong arguments, or no instance is reached.
            """);

    public static Command CreateBack(CommandConsole console) => Create(
        console,
        "undrain",
        "Take back what `headgate drain` did.",
        """
              headgate undrain
              headgate undrain --service orders --instance http://10.0.0.5:8080

            Exit codes: 0 done, 1 there is no such service or instance, or the process is about to end, 2 wrong arguments, or no instance is reached.
            """);

    private static Command Create(CommandConsole console, string verb, string description, string examples)
    {
        var service = new Option<string?>("--service") { Description = "A service one of whose instances is meant.", HelpName = "NAME" };
        var upstream = new Option<string?>("--instance") { Description = "The address of that instance, as `headgate status` shows it.", HelpName = "URL" };
        var command = new Command(verb, description) { service, upstream };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, examples);
        command.SetAction((result, cancellationToken) => (result.GetValue(service), result.GetValue(upstream)) switch
        {
            (null, null) => TellGatewayAsync(instance.Target(result, console), verb, instance.WantsJson(result), cancellationToken),
            ({ } name, { } url) => TellServiceAsync(instance.Target(result, console), verb, name, url, instance.WantsJson(result), cancellationToken),
            _ => Task.FromResult(console.Refuse("--service and --instance belong together: name the service and the address of its instance.")),
        });
        return command;
    }

    private static async Task<int> TellGatewayAsync(AdminTarget target, string verb, bool json, CancellationToken cancellationToken)
    {
        AdminReply<DrainReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, $"/admin/v1/{verb}", null, ReportJson.Readable.DrainReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.DrainReport, drain => target.Console.Output.WriteLine(StatusText.Of(drain)));
    }

    private static async Task<int> TellServiceAsync(AdminTarget target, string verb, string service, string url, bool json, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(new InstanceBody(url), ReportJson.Readable.InstanceBody);
        string path = $"/admin/v1/services/{Uri.EscapeDataString(service)}/{verb}";
        AdminReply<ServiceReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, path, body, ReportJson.Readable.ServiceReport, cancellationToken);
        return reply.Print(target.Console, json, ReportJson.Readable.ServiceReport, changed => StatusText.Write([changed], target.Console));
    }
}
