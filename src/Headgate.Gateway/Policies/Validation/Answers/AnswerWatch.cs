using System.Buffers;
using System.Collections.Concurrent;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Metrics;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>
/// Where answers that break the document are counted and logged, and how much of answers is held in memory until they can be judged. One for the process. Thread-safe.
/// </summary>
/// <param name="time">Clock of the bound of log lines.</param>
/// <param name="logger">Where faults are told.</param>
public sealed class AnswerWatch(TimeProvider time, ILogger<AnswerWatch> logger)
{
    /// <summary>The largest body that is checked.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The most bytes of all answers under way together that are held to be checked.</summary>
    public const long MostHeldBytes = 64L * 1024 * 1024;

    /// <summary>The most operations whose faults have series of their own; those of others are counted together as <c>other</c>.</summary>
    public const int MostOperations = 500;

    /// <summary>The most lines of log in a second; further ones are counted.</summary>
    public const int MostLinesPerSecond = 10;

    private static readonly string[] s_faults = ["status", "media_type", "header", "body"];
    private static readonly string[] s_results = ["valid", "broken", "compressed", "too_large", "no_room", "incomplete"];

    private readonly ConcurrentDictionary<(string Api, string Operation), long[]> _faults = new();
    private readonly long[] _otherFaults = new long[s_faults.Length];
    private readonly CounterStripes _results = new(s_results.Length);
    private readonly MemoryBudget _held = new(MostHeldBytes);
    private readonly LogAllowance _lines = new(MostLinesPerSecond, time);

    internal IEnumerable<MetricSample> ReadResults() => s_results.Select((result, i) => new MetricSample(_results.Sum(i), result));

    internal IEnumerable<MetricSample> ReadFaults() => _faults
        .Select(entry => (entry.Key.Api, entry.Key.Operation, Counters: entry.Value))
        .Append((Api: "other", Operation: "other", Counters: _otherFaults))
        .SelectMany(entry => s_faults.Select((fault, i) => new MetricSample(Volatile.Read(ref entry.Counters[i]), entry.Api, entry.Operation, fault)))
        .Where(sample => sample.Value > 0);

    /// <summary>Counts an answer.</summary>
    internal void Count(AnswerResult result) => _results.Add((int)result, 1);

    /// <summary>Counts and logs a way in which an answer breaks the document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fault">In what.</param>
    /// <param name="place">The header field, or the place in the body; without values of the answer.</param>
    /// <param name="detail">What is wrong there; without values of the answer.</param>
    internal void Tell(GatewayContext context, AnswerFault fault, string place, string detail)
    {
        OperationPlan operation = context.Operation!;
        Interlocked.Increment(ref CountersOf(operation)[(int)fault]);
        bool isTold = _lines.TryTake(out long leftOut);
        if (leftOut > 0)
            AnswerLog.MoreBroken(logger, leftOut);
        if (isTold)
            AnswerLog.Broken(logger, context.Response.StatusCode, operation.Id, context.RequestId, s_faults[(int)fault], place, detail);
    }

    /// <summary>Memory for an answer; empty where all answers together hold as much as they may.</summary>
    internal byte[] TryHold(int bytes)
    {
        byte[] room = ArrayPool<byte>.Shared.Rent(bytes);
        if (_held.TryTake(room.Length))
            return room;
        ArrayPool<byte>.Shared.Return(room);
        return [];
    }

    internal void LetGo(byte[] room)
    {
        _held.GiveBack(room.Length);
        ArrayPool<byte>.Shared.Return(room);
    }

    private long[] CountersOf(OperationPlan operation)
    {
        (string, string) key = (operation.Api.Name, operation.Id);
        if (_faults.TryGetValue(key, out long[]? counters))
            return counters;
        return _faults.Count < MostOperations ? _faults.GetOrAdd(key, static _ => new long[s_faults.Length]) : _otherFaults;
    }
}
