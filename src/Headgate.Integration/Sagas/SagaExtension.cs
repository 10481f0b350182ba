using Headgate.Gateway.Values;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas;

/// <summary>What <c>x-gateway-saga</c> says: steps over several services that all happen, or are undone.</summary>
public sealed record SagaExtension : IValueReader
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-saga",
        typeof(SagaExtension),
        ExtensionLocations.Operation,
        "Steps over several services, one after the other, that all happen or are undone.")
    {
        IsHandler = true,
    };

    /// <summary>The steps in order.</summary>
    [Setting("The steps in order.", Count = "1..100")]
    [Shorthand]
    public required IReadOnlyList<SagaStep> Steps { get; init; }

    /// <summary>How long the saga may take.</summary>
    [Setting("How long all steps together may take; then what is done is undone.", Range = "1s..31d")]
    public Duration Timeout { get; init; } = Duration.FromSeconds(60);

    /// <summary>The step after which nothing is undone any more.</summary>
    [Setting("The step after which nothing is undone any more: what follows is repeated until it succeeds.", Default = "none")]
    public string? Pivot { get; init; }

    /// <summary>How long the client waits for the answer.</summary>
    [Setting("How long the client waits for the answer; then it is 202 with an operation to watch.", Range = "0s..5m", Default = "the smaller of `timeout` and 30s")]
    public Duration? Wait { get; init; }

    /// <summary>How long after it began a call may be made again; null for a week beyond the timeout.</summary>
    [Setting("How long after the saga began one of its calls may be made again: for longer than that services have to remember its idempotency keys. Later a person has to see to it.", Range = "1m..400d", Default = "`timeout` and 7d")]
    public Duration? RepeatFor { get; init; }

    /// <summary>The answer; null for the last answer of a step that made something.</summary>
    [Setting("The answer of a saga that succeeded.", Default = "the answer of the first step whose answer has status 201, else of the last step")]
    public SagaResponse? Response { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }

    /// <summary>How long a client waits where the document does not say.</summary>
    internal static TimeSpan DefaultWait { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long beyond the timeout calls are made again where the document does not say.</summary>
    internal static TimeSpan DefaultRepetition { get; } = TimeSpan.FromDays(7);

    /// <summary>How long after it began a call may be made again.</summary>
    internal TimeSpan Repetition => RepeatFor?.Value ?? Timeout.Value + DefaultRepetition;

    IEnumerable<TargetTemplate> IValueReader.Targets => Steps.SelectMany(step => new[] { step.Path, step.Compensate?.Path }).OfType<TargetTemplate>();

    IEnumerable<ValueExpression?> IValueReader.Values =>
        Steps.SelectMany(step => new[] { step.Input, step.Compensate?.Input }).Concat(Response is null ? [] : Response.Headers.Values.Append(Response.Body));
}
