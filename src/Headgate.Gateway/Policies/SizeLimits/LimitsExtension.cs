using Headgate.Gateway.Policies.AddressList;
using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.SizeLimits;

/// <summary>What <c>x-gateway-limits</c> says: how large and how many the requests of one operation may be, and from where they may come.</summary>
public sealed record LimitsExtension
{
    private static readonly LimitsExtension s_none = new();

    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-limits",
        typeof(LimitsExtension),
        ExtensionLocations.Path | ExtensionLocations.Operation,
        "How large the requests of an operation may be, how many may be under way, and from where they may come.");

    /// <summary>The most bytes of request body; null for what the document says.</summary>
    [Setting("The most bytes that a request body may have; a larger one is refused with 413.", Range = "0B..1024GiB", Default = "the document's")]
    public ByteSize? RequestBody { get; init; }

    /// <summary>The most bytes of header fields; null for what the document says.</summary>
    [Setting("The most bytes that all header fields of a request may have together; more are refused with 431.", Range = "64B..1MiB", Default = "the document's")]
    public ByteSize? RequestHeaders { get; init; }

    /// <summary>The most bytes of request target; null for what the document says.</summary>
    [Setting("The most bytes that path and query may have as they are sent; a longer URL is refused with 414.", Range = "1B..1MiB", Default = "the document's")]
    public ByteSize? RequestUrl { get; init; }

    /// <summary>How many requests may be under way at once, beside what the document says.</summary>
    [Setting("How many requests may be under way at once, beside what the document says.", Default = "no limit", AllowSingle = true)]
    public IReadOnlyList<ConcurrencyRule>? Concurrency { get; init; }

    /// <summary>From where clients may call; null for what the document says.</summary>
    [Setting("From which addresses clients may call, in place of what the document says.", Default = "the document's")]
    public AddressSettings? Addresses { get; init; }

    /// <summary>The limits of an operation; what it does not say, its path does.</summary>
    internal static LimitsExtension Of(ApiOperation operation)
    {
        LimitsExtension? outer = operation.PathExtensions.Get<LimitsExtension>();
        LimitsExtension? inner = operation.Extensions.Get<LimitsExtension>();
        if (inner is null || outer is null)
            return inner ?? outer ?? s_none;
        return new LimitsExtension
        {
            RequestBody = inner.RequestBody ?? outer.RequestBody,
            RequestHeaders = inner.RequestHeaders ?? outer.RequestHeaders,
            RequestUrl = inner.RequestUrl ?? outer.RequestUrl,
            Concurrency = inner.Concurrency ?? outer.Concurrency,
            Addresses = inner.Addresses ?? outer.Addresses,
        };
    }
}
