using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary><c>headgate accounts</c>: programs that may get tokens from a running instance.</summary>
internal static class AccountsCommand
{
    public static Command Create(CommandConsole console)
    {
        var command = new Command("accounts", "Make, list, rotate and revoke service accounts: programs that get short-lived tokens at /oauth/token for a client id and a secret.")
        {
            AccountsListCommand.Create(console),
            AccountsCreateCommand.Create(console),
            AccountsRotateCommand.Create(console),
            AccountsRevokeCommand.Create(console),
        };
        CommandExamples.Set(command, """
              headgate accounts create billing --scope service.read --tenant acme
              headgate accounts list
              headgate accounts rotate svc_019aca5a4c3a7e2d8f30c1b2a3948576 --overlap 24h
              headgate accounts revoke svc_019aca5a4c3a7e2d8f30c1b2a3948576
            """);
        return command;
    }
}
