using System.CommandLine;

namespace Headgate.Server.Commands;

/// <summary>The options of a command that asks a running instance: which one, and how the answer is printed.</summary>
internal sealed class InstanceOptions
{
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string?> _admin = CommonOptions.Admin();
    private readonly Option<OutputFormat> _format = CommonOptions.Format();

    private InstanceOptions()
    {
    }

    public static InstanceOptions AddTo(Command command)
    {
        var options = new InstanceOptions();
        command.Options.Add(options._data);
        command.Options.Add(options._admin);
        command.Options.Add(options._format);
        return options;
    }

    public AdminTarget Target(ParseResult result, CommandConsole console) => new(result.GetValue(_data)!, result.GetValue(_admin), console);

    public bool WantsJson(ParseResult result) => result.GetValue(_format) == OutputFormat.Json;
}
