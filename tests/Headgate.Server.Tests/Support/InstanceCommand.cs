using Headgate.Server.Commands;

namespace Headgate.Server.Tests.Support;

/// <summary>Runs commands that ask a running instance, in this process.</summary>
internal static class InstanceCommand
{
    public static async Task<(int ExitCode, string Output)> RunAsync(TestGateway gateway, params string[] arguments)
    {
        using var output = new StringWriter();
        var console = new CommandConsole(output, output, colours: false);
        int exitCode = await CommandLine.RunAsync([.. arguments, "--data", gateway.DataDirectory], console, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString());
    }
}
