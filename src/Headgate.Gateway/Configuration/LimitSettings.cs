using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How large requests may be.</summary>
public sealed record LimitSettings
{
    /// <summary>The most bytes of request body.</summary>
    [Setting("The most bytes that a request body may have; a larger one is refused with 413.", Range = "0B..1024GiB")]
    public ByteSize RequestBody { get; init; } = ByteSize.FromMebibytes(30);
}
