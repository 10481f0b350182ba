using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How long one kind of call may take, in place of the service's and the document's values.</summary>
public sealed record CallTimeout
{
    /// <summary>The total timeout.</summary>
    [Setting("The whole call up to the complete response head, repeated tries included: a duration, or the name of one of the document's timeouts.", Default = "the service's")]
    [Shorthand]
    public TimeoutValue? Total { get; init; }

    /// <summary>The timeout of each try.</summary>
    [Setting("Each single try.", Range = "1ms..24h", Default = "`total`")]
    public Duration? PerTry { get; init; }
}
