using System.Globalization;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Sagas.State;

/// <summary>What a client is told of a saga that went back. Immutable.</summary>
internal sealed record SagaFailure
{
    /// <summary>The error as the catalogue has it, or as it was read of a service's answer.</summary>
    public required GatewayErrorKind Kind { get; init; }

    /// <summary>What happened, for the client to read.</summary>
    public required string Detail { get; init; }

    /// <summary>The service at fault, or null.</summary>
    public string? Service { get; init; }

    /// <summary>When to come again, in seconds; 0 for nothing to say.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>Whether the answer of the service is given as it was.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>The media type of that answer, or null.</summary>
    public string? MediaType { get; init; }

    /// <summary>The body of that answer.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>An error of the catalogue.</summary>
    public static SagaFailure Of(GatewayFailure failure) => new()
    {
        Kind = failure.Kind,
        Detail = failure.Detail,
        Service = failure.Service,
        RetryAfterSeconds = failure.RetryAfter is { } wait ? (int)Math.Min(Math.Ceiling(wait.TotalSeconds), int.MaxValue) : 0,
    };

    /// <summary>Makes it the answer to a client.</summary>
    public void GiveTo(GatewayContext context)
    {
        if (!IsAnswer)
        {
            context.Fail(new GatewayFailure(Kind, Detail) { Service = Service, RetryAfter = RetryAfterSeconds > 0 ? TimeSpan.FromSeconds(RetryAfterSeconds) : null });
            return;
        }

        IHeaderDictionary headers = context.Response.Headers;
        context.Response.StatusCode = Kind.Status;
        headers.ContentLength = Body.Length;
        if (MediaType is not null)
            headers.ContentType = MediaType;
        if (RetryAfterSeconds > 0)
            headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Body = Body.IsEmpty ? null : new BytesBody(Body);
    }
}
