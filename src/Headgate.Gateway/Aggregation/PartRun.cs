using System.Runtime.CompilerServices;
using Headgate.Gateway.Calls;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Validation;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Aggregation;

/// <summary>One part of a request while it is asked for. Reused with its <see cref="AggregateRun"/>. Used by one thread at a time, but for <see cref="Stop"/>.</summary>
/// <param name="client">The context to which it belongs.</param>
internal sealed class PartRun(GatewayContext client)
{
    private readonly OwnRequest _request = new(client);
    private AggregateRun _run = null!;
    private PartFields _fields = null!;

    /// <summary>What is asked for.</summary>
    public PartPlan Plan { get; private set; } = null!;

    /// <summary>The part's own request, and the answer to it.</summary>
    public GatewayContext Context => _request.Context;

    /// <summary>Whether the service was asked.</summary>
    public bool IsCalled { get; private set; }

    /// <summary>When it ended, as a timestamp; 0 when it was not asked for.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Why there is no answer of the service; null when there is one.</summary>
    public GatewayFailure? Failure { get; private set; }

    /// <summary>The status with which the service answered where that was no success; 0 else.</summary>
    public int RefusedWith { get; private set; }

    /// <summary>The value of the member.</summary>
    public PartAnswer Answer { get; } = new();

    /// <summary>Begins.</summary>
    public void Begin(AggregateRun run, PartPlan plan, PartFields fields)
    {
        (_run, Plan, _fields) = (run, plan, fields);
        (IsCalled, EndedAt, Failure, RefusedWith) = (false, 0, null, 0);
        Answer.Begin(run, plan.Select);
        _request.Rearm();
    }

    /// <summary>Asks for it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(GatewayContext client)
    {
        try
        {
            Failure = _run.IsOver ? UpstreamFailures.ClientGone : Prepare(client) ?? await CallAsync();
        }
        catch (OperationCanceledException) when (_request.IsStopped)
        {
            Failure = _request.HasTimedOut ? UpstreamFailures.Of(ErrorCatalogue.UpstreamResponseTimeout, Plan.Service) : UpstreamFailures.ClientGone;
        }

        EndedAt = client.Clock.GetTimestamp();
        if (Failure is not null)
            Answer.StandIn(Plan.Fallback, client);
        Plan.Counts.Count(Outcome());
    }

    /// <summary>Breaks it off; from any thread.</summary>
    public void Stop() => _request.Stop();

    /// <summary>Lets go of what it holds. Safe to call again.</summary>
    public void Release() => Answer.Release();

    private PartOutcome Outcome()
    {
        if (Failure is null)
            return PartOutcome.Answered;
        if (ReferenceEquals(Failure.Kind, ErrorCatalogue.ClientClosedRequest))
            return PartOutcome.GivenUp;
        return Plan.IsRequired ? PartOutcome.Failed : Plan.Fallback is null ? PartOutcome.Missing : PartOutcome.StoodIn;
    }

    // What fails here is told before anybody is asked.
    private GatewayFailure? Prepare(GatewayContext client)
    {
        foreach (int other in Plan.DependsOn)
        {
            if (_run[other] is { Failure: { } cause, Plan.Fallback: null })
                return cause;
        }

        if (Plan.Target.TryResolve(client, out string path, out string query) is { } missing)
            return Missing(missing);
        ReadOnlyMemory<byte> body = Plan.Input is { } input ? _request.Write(input, client) : default;
        _request.Begin(client, Plan.Method, path, query, body.IsEmpty ? _fields.Fields : _fields.WithBody(body.Length), body);
        return null;
    }

    // Whoever should have told the value is at fault: the client, or the service of another part; what stands in for an answer lacks it because that failed.
    private GatewayFailure Missing(CallTargetPiece value)
    {
        if (value.Part is not { } place)
            return new GatewayFailure(AggregateErrors.ValueMissing, $"There is no value '{value.Text}', with which '{Plan.Field}' is asked for.") { Service = Plan.Service };
        PartRun other = _run[Array.FindIndex(_run.Plan.Parts, part => part.Field == place.Part)];
        return other.Failure ?? other.Invalid($"has no value at '{place.Pointer.Text}' with which '{Plan.Field}' can be asked for");
    }

    private async ValueTask<GatewayFailure?> CallAsync()
    {
        GatewayContext context = Context;
        IsCalled = true;
        try
        {
            await Plan.Caller.HandleAsync(context);
            GatewayFailure? failure = context.Failure ?? Judge(context.Response);
            return failure ?? await ReadAsync(context);
        }
        finally
        {
            await _request.EndAsync();
        }
    }

    private async ValueTask<GatewayFailure?> ReadAsync(GatewayContext context)
    {
        if (HasNoContent(context.Response))
            return null;
        if (context.Response.Body is not null)
            await _request.ReadAsync(Answer, TimeSpan.MaxValue);
        if (_request.HasTimedOut)
            return UpstreamFailures.Of(ErrorCatalogue.UpstreamResponseTimeout, Plan.Service);

        // The copying ends when nobody takes more: then the part's own reason is the cause.
        if (Answer.Fault is { } fault)
            return UpstreamFailures.Of(fault, Plan.Service);
        if (context.Failure is not null)
            return context.Failure;
        return Answer.End() is { } wrong ? Invalid(wrong) : null;
    }

    private GatewayFailure? Judge(ClientResponse response)
    {
        if (response.StatusCode is < StatusCodes.Status200OK or >= StatusCodes.Status300MultipleChoices)
        {
            RefusedWith = response.StatusCode;
            return new GatewayFailure(AggregateErrors.PartFailed, $"The service {Plan.Service} answered with status {response.StatusCode} where '{Plan.Field}' was asked for.") { Service = Plan.Service };
        }

        if (HasNoContent(response))
            return null;
        string? type = response.Headers.ContentType;
        if (type is not null && MediaType.KindOf(MediaType.Essence(type)) != MediaKind.Json)
            return Invalid("is no JSON");
        return response.Headers.ContentEncoding is [{ } coding] && coding != "identity" ? Invalid("has a content coding, for which nobody asked") : null;
    }

    private static bool HasNoContent(ClientResponse response) => response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent;

    private GatewayFailure Invalid(string reason) =>
        new(AggregateErrors.AnswerInvalid, $"The answer of the service {Plan.Service} for '{Plan.Field}' {reason}.") { Service = Plan.Service };
}
