using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Commerce.Audit;
using Commerce.Orders.History;
using Commerce.Shared.Hosting;

namespace Commerce;

/// <summary>The command line: <c>commerce --service all --data DIR --host IP --port-base N</c>.</summary>
internal static class CommerceCommand
{
    private const int Success = 0;
    private const int CannotStart = 2;

    private static readonly CommerceOptions Defaults = new();

    private static readonly Option<string> Service = new("--service")
    {
        Description = "The services to run, with commas between, or 'all'",
        DefaultValueFactory = _ => Defaults.Service,
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Directory of databases, keys and the payment provider's ledger",
        DefaultValueFactory = _ => Defaults.DataDirectory,
    };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "IP address to listen on",
        DefaultValueFactory = _ => Defaults.Host,
    };

    private static readonly Option<int> PortBase = new("--port-base")
    {
        Description = "product is port base + 1, user + 2, inventory + 3, order + 4, payment + 5, notification + 6, payment-provider + 11, email-provider + 12, sms-provider + 13; 0 takes free ports",
        DefaultValueFactory = _ => Defaults.PortBase,
    };

    private static readonly Option<string> Issuer = new("--issuer")
    {
        Description = "Where the OpenID provider is found, and the 'iss' of its tokens",
        DefaultValueFactory = _ => Defaults.Issuer,
    };

    private static readonly Option<string?> Clients = new("--clients")
    {
        Description = "File of the applications that may ask users to sign in, in place of those of development",
    };

    private static readonly Option<Uri?> Events = new("--events")
    {
        Description = "The event log that services publish to and read, such as http://127.0.0.1:8080/events; without it no events are published. Its key is EVENT_LOG_KEY, or the file of that name in DATA/secrets as soon as it is there",
        CustomParser = ReadUrl,
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log every call between services" };

    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter errors)
    {
        var command = new RootCommand("The commerce services: a shop with users, products, stock, orders, payments and messages.")
        {
            AuditCommand.Create(Data, output, errors),
            HistoryCommand.Create(Data, input, output, errors),
            Service, Data, Host, PortBase, Issuer, Clients, Events, Verbose,
        };
        command.SetAction((parsed, cancellation) => ServeAsync(Options(parsed), output, cancellation));
        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await errors.WriteLineAsync($"commerce: {parsed.Errors[0].Message} (see --help)");
            return CannotStart;
        }

        try
        {
            // Signals are handled below: the library's own handling would cut the drain short.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = errors,
            });
        }
        catch (CommerceStartException error)
        {
            await errors.WriteLineAsync($"commerce: {error.Message}");
            return CannotStart;
        }
    }

    private static CommerceOptions Options(ParseResult parsed) => new()
    {
        Service = parsed.GetRequiredValue(Service),
        DataDirectory = parsed.GetRequiredValue(Data),
        Host = parsed.GetRequiredValue(Host),
        PortBase = parsed.GetRequiredValue(PortBase),
        Issuer = parsed.GetRequiredValue(Issuer),
        ClientsFile = parsed.GetValue(Clients),
        Events = parsed.GetValue(Events),
        LogLevel = parsed.GetValue(Verbose) ? LogLevel.Debug : LogLevel.Warning,
    };

    private static Uri? ReadUrl(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        given.AddError($"--events must be a URL such as http://127.0.0.1:8080/events, not '{given.Tokens[0].Value}'.");
        return null;
    }

    private static async Task<int> ServeAsync(CommerceOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var host = await CommerceHost.StartAsync(options, cancellationToken);
        foreach (var service in host.Services)
            await output.WriteLineAsync($"{service.Name} listens on {service.Address.ToString().TrimEnd('/')}");
        await output.FlushAsync(cancellationToken);
        await stopped.Task;
        return Success;
    }
}
