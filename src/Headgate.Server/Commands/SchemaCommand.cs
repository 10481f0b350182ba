using System.CommandLine;
using Headgate.OpenApi.Extensions;

namespace Headgate.Server.Commands;

/// <summary><c>headgate schema</c>: the JSON Schema of the extensions.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("schema", "Print the JSON Schema of all x-gateway extensions, for editors and linters. With --format text, a list of them.")
        {
            format,
        };
        format.DefaultValueFactory = _ => OutputFormat.Json;
        CommandExamples.Set(command, """
              headgate schema > headgate.schema.json
              headgate schema --format text
            """);
        command.SetAction(result => Print(result.GetValue(format), console));
        return command;
    }

    private static int Print(OutputFormat format, CommandConsole console)
    {
        if (format == OutputFormat.Json)
            console.Output.Write(ExtensionSchemaWriter.Write(BuiltIn.Extensions));
        else
            TextTable.Write(console.Output, [.. BuiltIn.Extensions.Definitions.Values.Select(Row)]);
        return ExitCodes.Success;
    }

    private static string[] Row(ExtensionDefinition definition) =>
        [definition.Name, definition.Locations.ToString(), definition.Enforced ? definition.Summary : definition.Summary + " Not enforced yet."];
}
