using System.CommandLine;
using System.Globalization;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate signing-keys</c>: the keys that sign tokens of service accounts.</summary>
internal static class SigningKeysCommand
{
    private const string Path = "/admin/v1/signing-keys";

    private static readonly string[] s_columns = ["KEY ID", "STATE", "SIGNS FROM", "KEPT UNTIL", "ENCRYPTED"];

    public static Command Create(CommandConsole console)
    {
        var command = new Command("signing-keys", "List, rotate and remove the keys that sign tokens of service accounts.") { List(console), Rotate(console), Remove(console) };
        CommandExamples.Set(command, """
              headgate signing-keys list
              headgate signing-keys rotate
              headgate signing-keys remove 0Q7tLDbU5nS8xRXkqNhFv9y2mJwZ4cTgE1oAiPuBdKs
            """);
        return command;
    }

    private static Command List(CommandConsole console) => Create(
        "list",
        "List the keys: the next one, the one that signs, and those whose tokens still hold.",
        """
              headgate signing-keys list
              headgate signing-keys list --format json

            Keys are made and go by themselves (tokens.key-lifetime). Exit codes: 0 listed, 2 no instance is reached.
            """,
        (target, json, cancellationToken) => ShowAsync(target, HttpMethod.Get, Path, json, cancellationToken),
        console);

    private static Command Rotate(CommandConsole console) => Create(
        "rotate",
        "Make the next key before its time. It is published at once and signs ten minutes later, when everybody can have it.",
        """
              headgate signing-keys rotate

            A key that waits to sign already is left to. Exit codes: 0 done, 2 no instance is reached.
            """,
        (target, json, cancellationToken) => ShowAsync(target, HttpMethod.Post, Path + "/rotate", json, cancellationToken),
        console);

    private static Command Remove(CommandConsole console)
    {
        var keyId = new Argument<string>("KEY-ID") { Description = "The key's id." };
        var command = new Command("remove", "Remove a key at once, because it is known to somebody: every token that it signed is refused, and another key signs.") { keyId };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate signing-keys remove 0Q7tLDbU5nS8xRXkqNhFv9y2mJwZ4cTgE1oAiPuBdKs

            Other instances on the same store refuse its tokens within 5 s. Exit codes: 0 removed, 1 there is no such key, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(
            instance.Target(result, console), HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(result.GetValue(keyId)!)}", instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static Command Create(string name, string summary, string examples, Func<AdminTarget, bool, CancellationToken, Task<int>> run, CommandConsole console)
    {
        var command = new Command(name, summary);
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, examples);
        command.SetAction((result, cancellationToken) => run(instance.Target(result, console), instance.WantsJson(result), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, HttpMethod method, string path, bool json, CancellationToken cancellationToken)
    {
        AdminReply<IReadOnlyList<SigningKeyListing>> reply = await AdminClient.AskAsync(target, method, path, null, ReportJson.Readable.IReadOnlyListSigningKeyListing, cancellationToken);
        return reply.PrintTable(target.Console, json, ReportJson.Readable.IReadOnlyListSigningKeyListing, "There are no signing keys yet: the first is made when a document asks for service accounts.", s_columns, Row);
    }

    private static string[] Row(SigningKeyListing key) => [key.KeyId, key.State, Text(key.SignsFrom), Text(key.KeptUntil), key.Encrypted ? "yes" : "no"];

    private static string Text(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "-";
}
