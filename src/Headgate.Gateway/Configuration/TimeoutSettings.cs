using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>The total timeout of calls to upstreams, and named ones that operations select.</summary>
public sealed record TimeoutSettings
{
    /// <summary>The total timeout where neither service nor operation says otherwise.</summary>
    [Setting("The total timeout where neither service nor operation says otherwise.", Range = "1ms..24h")]
    [Shorthand]
    public Duration Default { get; init; } = Duration.FromSeconds(30);

    /// <summary>Named timeouts.</summary>
    [Setting("Any other key names a timeout, such as `long-running`, which an operation selects with `timeout: long-running`.", Range = "1ms..24h", KeyFormat = SettingFormat.Name)]
    [OtherSettings]
    public IReadOnlyDictionary<string, Duration> Named { get; init; } = ReadOnlyDictionary<string, Duration>.Empty;
}
