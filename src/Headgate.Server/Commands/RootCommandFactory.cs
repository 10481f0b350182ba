using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary>The program's command line.</summary>
internal static class RootCommandFactory
{
    public static RootCommand Create(CommandConsole console)
    {
        var root = new RootCommand("Headgate: point it at your OpenAPI documents and your services, and what the documents say is enforced, visible and fast.")
        {
            RunCommand.Create(console),
            ValidateCommand.Create(console),
            RoutesCommand.Create(console),
            ExplainCommand.Create(console),
            SchemaCommand.Create(console),
            StatusCommand.Create(console),
            TopCommand.Create(console),
            ReloadCommand.Create(console),
            DrainCommand.Create(console),
            DrainCommand.CreateBack(console),
            DeprecatedCommand.Create(console),
            LogLevelsCommand.Create(console),
            ConfigCommand.Create(console),
            LimitsCommand.Create(console),
            AccountsCommand.Create(console),
            SigningKeysCommand.Create(console),
            RolesCommand.Create(console),
            KeysCommand.Create(console),
            EventsCommand.Create(console),
            DeadLettersCommand.Create(console),
            OperationsCommand.Create(console),
            SagasCommand.Create(console),
            CacheCommand.Create(console),
            StoreCommand.Create(console),
            VersionCommand.Create(console),
        };
        CommandExamples.Set(root, """
              headgate run api.yaml --upstream http://127.0.0.1:3000
              headgate validate api.yaml
              headgate explain GET /orders/42
            """);
        CommandExamples.Install(root, console);
        return root;
    }
}
