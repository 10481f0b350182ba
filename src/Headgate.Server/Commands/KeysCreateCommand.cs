using System.CommandLine;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate keys create</c>: makes a key and shows it, once.</summary>
internal static class KeysCreateCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Option<string>("--name") { Description = "What the key is for, in words.", HelpName = "TEXT", Required = true };
        var owner = new Option<string?>("--owner") { Description = "The user for whom it speaks: services see it in X-User-ID, limits by user count it.", HelpName = "USER" };
        var tenant = new Option<string?>("--tenant") { Description = "The tenant of its requests.", HelpName = "TENANT" };
        var scopes = new Option<string[]>("--scope") { Description = "A scope that it is granted. May be given several times.", HelpName = "SCOPE" };
        var roles = new Option<string[]>("--role") { Description = "A role that it has, what the role permits, and where it holds (everywhere without @SCOPE). May be given several times.", HelpName = "NAME[@SCOPE]=PERMISSION[,PERMISSION]" };
        var expires = new Option<string?>("--expires") { Description = "When it ends: a time, a date, or how long from now. Default: never.", HelpName = "90d|2030-01-31" };
        var command = new Command("create", "Make an API key. The key alone goes to standard output, this once; only a digest of it is kept.") { name, owner, tenant, scopes, roles, expires };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate keys create --name "nightly import"
              headgate keys create --name "Acme's till" --owner till-7 --tenant acme --scope orders:read --scope orders:write --expires 90d
              headgate keys create --name deployer --role 'deployer@team:frontend=application:*,resource:read'
              KEY=$(headgate keys create --name ci --expires 1h)

            Exit codes: 0 made, 1 the instance cannot make such a key, 2 wrong arguments or no instance.
            """);
        command.SetAction(async (result, cancellationToken) =>
        {
            if (KeyRoleText.Read(result.GetValue(roles) ?? [], console) is not { } granted)
                return ExitCodes.Usage;
            var request = new CreateKeyRequest(result.GetValue(name)!, result.GetValue(owner), result.GetValue(tenant), result.GetValue(scopes), granted, result.GetValue(expires));
            return await CreateAsync(request, instance.Target(result, console), instance.WantsJson(result), cancellationToken);
        });
        return command;
    }

    private static async Task<int> CreateAsync(CreateKeyRequest request, AdminTarget target, bool asJson, CancellationToken cancellationToken)
    {
        using HttpContent body = AdminClient.Body(request, ReportJson.Readable.CreateKeyRequest);
        AdminReply<IssuedKeyReport> reply = await AdminClient.AskAsync(target, HttpMethod.Post, "/admin/v1/keys", body, ReportJson.Readable.IssuedKeyReport, cancellationToken);
        if (reply.Value is { Key: var key } issued)
            KeysCommand.Write(issued, asJson, $"Key {key.Id} is made{(key.ExpiresAt is { } end ? $" and ends {end:u}" : "")}.", target.Console);
        return reply.ExitCode;
    }
}
