using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Calls;

/// <summary>
/// Makes the calls of an operation that calls services by itself, one after the other: each is a request of the gateway's own and is forwarded as any other is. Services see who calls, the ids, the
/// trace and the fields of the snapshot; never a credential of the client's. Not thread-safe.
/// </summary>
/// <param name="client">What the calls are made of: the context of a snapshot.</param>
/// <param name="sent">The body of the client's request, as it was sent.</param>
public sealed class ServiceCaller(GatewayContext client, ReadOnlyMemory<byte> sent)
{
    private static readonly GatewayErrorKind[] s_nothingSent =
    [
        CallErrors.CircuitBreakerOpen, CallErrors.BulkheadFull, ErrorCatalogue.UpstreamUnavailable,
        ErrorCatalogue.UpstreamConnectFailed, ErrorCatalogue.UpstreamConnectTimeout, ErrorCatalogue.UpstreamDnsFailed, ErrorCatalogue.UpstreamTlsFailed,
    ];

    private readonly OwnRequest _request = new(client);

    /// <summary>Calls. Never throws for what the service does.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="idempotencyKey">What makes it happen once, however often it is made.</param>
    /// <param name="mostBytes">The most bytes of the answer that are kept.</param>
    /// <param name="within">The longest it may take, whatever its own timeout says; <see cref="TimeSpan.MaxValue"/> for as long as that.</param>
    /// <param name="stopped">Breaks it off.</param>
    /// <exception cref="OperationCanceledException">It was broken off; the service may have done it.</exception>
    /// <returns>What came of it. A value that the call needs and nobody has is a failure, with nothing sent.</returns>
    public async Task<ServiceAnswer> CallAsync(ServiceCall call, string idempotencyKey, int mostBytes, TimeSpan within, CancellationToken stopped)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Target.TryResolve(client, out string path, out string query) is { } missing)
            return new ServiceAnswer { Failure = new GatewayFailure(CallErrors.ValueMissing, $"There is no value '{missing.Text}' for {call}.") { Service = call.Service }, MayHaveArrived = false, IsImpossible = true };
        _request.Rearm();
        ReadOnlyMemory<byte> body = call.Input is { } input ? _request.Write(input, client) : call.TakesBody ? sent : default;
        _request.Begin(client, call.Method, path, query, FieldsOf(call, idempotencyKey, body.Length), body);
        long startedAt = client.Clock.GetTimestamp();
        _request.StopAfter(within);
        using CancellationTokenRegistration stop = stopped.UnsafeRegister(static state => ((OwnRequest)state!).Stop(), _request);
        try
        {
            await call.Caller.HandleAsync(_request.Context);
            TimeSpan left = within == TimeSpan.MaxValue ? within : within - client.Clock.GetElapsedTime(startedAt);
            ServiceAnswer answer = _request.Context.Failure is { } failure ? Failed(call, failure) : await ReadAsync(call, mostBytes, left);
            stopped.ThrowIfCancellationRequested();
            return answer;
        }
        catch (OperationCanceledException) when (_request.IsStopped && !stopped.IsCancellationRequested)
        {
            return Failed(call, UpstreamFailures.ClientGone);
        }
        finally
        {
            _request.StopClock();
            OwnCalls.Ended(_request.Context);
            await _request.EndAsync();
        }
    }

    private async ValueTask<ServiceAnswer> ReadAsync(ServiceCall call, int mostBytes, TimeSpan left)
    {
        GatewayContext context = _request.Context;
        var kept = new CapturedBody(mostBytes);
        if (context.Response.Body is not null)
            await _request.ReadAsync(kept, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        if (_request.HasTimedOut || context.Failure is not null)
            return Failed(call, context.Failure ?? UpstreamFailures.ClientGone);
        bool isPlain = context.Response.Headers.ContentEncoding is [] or ["identity"];
        bool isHere = kept.IsWhole && isPlain;
        ReadOnlyMemory<byte> body = isHere ? kept.Bytes : default;
        return new ServiceAnswer
        {
            Status = context.Response.StatusCode,
            MayHaveArrived = true,
            Body = body,
            IsBodyLost = !isHere,
            IsJson = JsonSelection.IsWhole(body.Span),
            MediaType = context.Response.Headers.ContentType,
            Location = context.Response.Headers.Location,
            RetryAfter = RetryAfterField.Read(context.Response.Headers.RetryAfter, client.Clock.GetUtcNow()),
        };
    }

    private ServiceAnswer Failed(ServiceCall call, GatewayFailure failure)
    {
        bool isOutOfTime = _request.HasTimedOut || ReferenceEquals(failure.Kind, ErrorCatalogue.ClientClosedRequest);
        GatewayFailure told = isOutOfTime ? UpstreamFailures.Of(ErrorCatalogue.UpstreamResponseTimeout, call.Service) : failure;
        bool isCertain = !isOutOfTime && (ReferenceEquals(failure.Kind, ErrorCatalogue.OutboundLimitExceeded) || (Array.Exists(s_nothingSent, kind => ReferenceEquals(kind, failure.Kind)) && _request.Context.Course.IsFirst));
        return new ServiceAnswer { Failure = told, MayHaveArrived = !isCertain, RetryAfter = failure.RetryAfter };
    }

    private HeaderDictionary FieldsOf(ServiceCall call, string idempotencyKey, int bodyLength)
    {
        var fields = new HeaderDictionary(client.Request.Headers.Count + 3);
        foreach ((string name, StringValues values) in client.Request.Headers)
            fields[name] = values;
        fields["Idempotency-Key"] = idempotencyKey;
        if (call.Input is not null || bodyLength == 0)
        {
            // They speak of the client's body, which is not sent.
            fields.Remove("Content-Type");
            fields.Remove("Content-Encoding");
            fields.Remove("Content-Language");
        }

        if (call.Input is not null)
            fields["Content-Type"] = "application/json";
        if (bodyLength > 0)
            fields.ContentLength = bodyLength;
        return fields;
    }
}
