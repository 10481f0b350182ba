using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Server.Documents;
using Headgate.Server.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Commands;

/// <summary>Loads documents for a command that looks at them and serves nobody.</summary>
internal static class LoadedDocuments
{
    /// <summary>The keys of issuers for one command: fetched when a request that is explained needs them.</summary>
    public static IssuerKeysDirectory CreateIssuers(TimeProvider time) => new(time, NullLogger<IssuerKeysDirectory>.Instance);

    public static Configuration Load(ServerOptions options, IssuerKeysDirectory issuers, TimeProvider time)
    {
        using UpstreamTransports transports = BuiltIn.CreateTransports(options, loops: null, time);
        var loader = BuiltIn.CreateConfigurationLoader(options, BuiltIn.CreateCompiler(options.ToPlanOptions(), new UpstreamDirectory(transports), BuiltIn.CreateAuthenticators(issuers, time, NullLoggerFactory.Instance)));
        return loader.Load(previous: null);
    }
}
