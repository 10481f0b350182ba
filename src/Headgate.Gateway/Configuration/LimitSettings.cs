using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How large requests may be, and how many may be under way at once.</summary>
public sealed record LimitSettings
{
    /// <summary>The most bytes of request body.</summary>
    [Setting("The most bytes that a request body may have; a larger one is refused with 413.", Range = "0B..1024GiB")]
    public ByteSize RequestBody { get; init; } = ByteSize.FromMebibytes(30);

    /// <summary>The most bytes of header fields; null for what the listener takes.</summary>
    [Setting("The most bytes that all header fields of a request may have together; more are refused with 431.", Range = "64B..1MiB", Default = "what the listener takes")]
    public ByteSize? RequestHeaders { get; init; }

    /// <summary>The most bytes of request target; null for what the listener takes.</summary>
    [Setting("The most bytes that path and query may have as they are sent; a longer URL is refused with 414.", Range = "1B..1MiB", Default = "what the listener takes")]
    public ByteSize? RequestUrl { get; init; }

    /// <summary>How many requests may be under way at once.</summary>
    [Setting("How many requests may be under way at once.", AllowSingle = true)]
    public IReadOnlyList<ConcurrencyRule> Concurrency { get; init; } = [];
}
