using System.CommandLine;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate keys</c>: the API keys of clients.</summary>
internal static class KeysCommand
{
    // hgk_ and the id. What follows is a secret, which goes no further than here.
    private const string Prefix = "hgk_";
    private const int IdLength = 12;

    public static Command Create(CommandConsole console)
    {
        var command = new Command("keys", "Make, list, rotate and revoke the API keys of clients, for the running instance and all that share its store.")
        {
            KeysCreateCommand.Create(console),
            KeysListCommand.Create(console),
            KeysRotateCommand.Create(console),
            KeysRevokeCommand.Create(console),
        };
        CommandExamples.Set(command, """
              headgate keys create --name "nightly import" --tenant acme --scope orders:write --expires 90d
              headgate keys list --tenant acme
              headgate keys rotate 7k2m9x0q4b1z --overlap 24h
              headgate keys revoke 7k2m9x0q4b1z

            A document asks for these keys with an apiKey security scheme that has x-gateway-api-key.
            """);
        return command;
    }

    /// <summary>The argument that names a key.</summary>
    public static Argument<string> Key() => new("KEY") { Description = "The key's id; or what the key begins with, or the whole key." };

    /// <summary>The path of a key in the admin API.</summary>
    public static string PathOf(string key)
    {
        string text = key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key;
        return $"/admin/v1/keys/{Uri.EscapeDataString(text.Length > IdLength ? text[..IdLength] : text)}";
    }

    /// <summary>Prints a key that is told this once: alone on standard output, so that scripts can take it.</summary>
    public static void Write(IssuedKeyReport issued, bool asJson, string done, CommandConsole console)
    {
        if (asJson)
        {
            console.WriteJson(issued, ReportJson.Readable.IssuedKeyReport);
            return;
        }

        console.Error.WriteLine($"{done} It is shown this once: keep it where secrets are kept.");
        console.Output.WriteLine(issued.Value);
    }
}
