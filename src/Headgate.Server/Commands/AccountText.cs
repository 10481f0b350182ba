using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>What the commands of service accounts print alike.</summary>
internal static class AccountText
{
    /// <summary>The path of the accounts at the admin API.</summary>
    public const string Path = "/admin/v1/service-accounts";

    /// <summary>The path of one of them.</summary>
    public static string PathOf(string clientId) => $"{Path}/{Uri.EscapeDataString(clientId)}";

    /// <summary>Prints a secret, the only time that it can be.</summary>
    public static void Write(IssuedSecretReport issued, string first, bool json, CommandConsole console)
    {
        if (json)
        {
            console.WriteJson(issued, ReportJson.Readable.IssuedSecretReport);
            return;
        }

        console.Output.WriteLine(first);
        console.Output.WriteLine($"  client id      {issued.ClientId}");
        console.Output.WriteLine($"  client secret  {issued.ClientSecret}");
        if (issued.TokenEndpoint is { } endpoint)
            console.Output.WriteLine($"  tokens         {endpoint}");
        foreach (string note in issued.Notes)
            console.Error.WriteLine($"headgate: {console.Yellow("note")}: {note}");
    }
}
