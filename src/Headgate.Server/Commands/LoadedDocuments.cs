using Headgate.Gateway.Forwarding;
using Headgate.Server.Documents;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary>Loads documents for a command that looks at them and serves nobody.</summary>
internal static class LoadedDocuments
{
    public static Configuration Load(ServerOptions options, TimeProvider time)
    {
        using UpstreamTransports transports = BuiltIn.CreateTransports(options, loops: null, time);
        var loader = BuiltIn.CreateConfigurationLoader(options, BuiltIn.CreateCompiler(options.ToPlanOptions(), new UpstreamDirectory(transports)));
        return loader.Load(previous: null);
    }
}
