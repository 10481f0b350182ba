using System.CommandLine;
using Headgate.OpenApi.Values;
using Headgate.Server.Admin;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate accounts create</c>: makes a service account and shows its secret.</summary>
internal static class AccountsCreateCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string>("NAME") { Description = "What people call it." };
        var scopes = new Option<string[]>("--scope") { Description = "A scope that its tokens may have; give it several times for several.", HelpName = "SCOPE" };
        var tenant = new Option<string?>("--tenant") { Description = "The tenant for which it calls. Default: none.", HelpName = "TENANT" };
        var expires = new Option<string?>("--expires-in") { Description = "After which time it gets no more tokens, like 90d. Default: never.", HelpName = "DURATION" };
        var command = new Command("create", "Make a service account. Its secret is shown once and cannot be shown again.") { name, scopes, tenant, expires };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate accounts create billing --scope service.read --scope service.write --tenant acme
              headgate accounts create nightly-export --scope service.read --expires-in 90d --format json

            Exit codes: 0 made, 1 it cannot be as it is wanted, 2 wrong arguments or no instance.
            """);
        command.SetAction((result, cancellationToken) =>
        {
            if (!TryExpire(result.GetValue(expires), out DateTimeOffset? end))
                return Task.FromResult(console.Refuse($"--expires-in: '{result.GetValue(expires)}' is not a duration of at most 36500d; write a number with m, h or d, for example 90d."));
            var wanted = new CreateServiceAccountRequest(result.GetValue(name)!, result.GetValue(tenant), result.GetValue(scopes), end);
            return CreateAsync(instance.Target(result, console), wanted, instance.WantsJson(result), cancellationToken);
        });
        return command;
    }

    private static async Task<int> CreateAsync(AdminTarget target, CreateServiceAccountRequest wanted, bool json, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(wanted, ReportJson.Readable.CreateServiceAccountRequest);
        AdminReply<IssuedSecretReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, AccountText.Path, body, ReportJson.Readable.IssuedSecretReport, cancellationToken);
        if (reply.Value is { } issued)
            AccountText.Write(issued, $"The service account {issued.Account.Name} is made. Its secret is shown this once:", json, target.Console);
        return reply.ExitCode;
    }

    private static bool TryExpire(string? text, out DateTimeOffset? end)
    {
        end = null;
        if (text is null)
            return true;
        if (!Duration.TryParse(text, out Duration duration) || duration.Value > KeyTimes.LongestLife)
            return false;
        end = TimeProvider.System.GetUtcNow() + duration.Value;
        return true;
    }
}
