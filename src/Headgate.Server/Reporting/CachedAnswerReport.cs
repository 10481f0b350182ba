using Headgate.Gateway.Policies.Cache;

namespace Headgate.Server.Reporting;

/// <summary>One stored answer, as <c>headgate cache show</c> lists it.</summary>
internal sealed record CachedAnswerReport
{
    public required string Api { get; init; }

    public required string Operation { get; init; }

    public required string Path { get; init; }

    public required int Status { get; init; }

    public required bool IsForOneCaller { get; init; }

    public required string Vary { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset FreshUntil { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public static CachedAnswerReport Of(CachedAnswer answer) => new()
    {
        Api = answer.Api,
        Operation = answer.Operation,
        Path = answer.Path,
        Status = answer.Status,
        IsForOneCaller = answer.IsForOneCaller,
        Vary = answer.Vary,
        Bytes = answer.Bytes,
        ReceivedAt = answer.ReceivedAt,
        FreshUntil = answer.FreshUntil,
        Tags = answer.Tags,
    };
}
