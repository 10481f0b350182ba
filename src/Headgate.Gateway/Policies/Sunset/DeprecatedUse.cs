using System.Runtime.InteropServices;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>
/// Who still calls a deprecated operation, so that its owner knows whom to write to. Of this process, and since its start; lives from plan to plan. Thread-safe,
/// and bounded: callers beyond the bound are counted together.
/// </summary>
/// <param name="api">The document.</param>
/// <param name="operation">The operation's id.</param>
/// <param name="since">When a document that deprecates it was first loaded.</param>
internal sealed class DeprecatedUse(string api, string operation, DateTimeOffset since)
{
    private const int MostCallers = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<DeprecatedCallerKey, Calls> _callers = [];
    private long _others;

    /// <summary>When a document that deprecates the operation was first loaded.</summary>
    public DateTimeOffset Since => since;

    /// <summary>Counts a call.</summary>
    public void Count(GatewayContext context, DateTimeOffset now)
    {
        DeprecatedCallerKey key = DeprecatedCallerKey.Of(context);
        lock (_lock)
        {
            if (_callers.Count == MostCallers && !_callers.ContainsKey(key))
            {
                _others++;
                return;
            }

            ref Calls calls = ref CollectionsMarshal.GetValueRefOrAddDefault(_callers, key, out bool isKnown);
            calls = new Calls(calls.Count + 1, isKnown ? calls.First : now, now);
        }
    }

    /// <summary>The calls so far, of who called most at the top.</summary>
    /// <param name="mostCallers">The most callers that are named.</param>
    public DeprecatedOperation Read(int mostCallers)
    {
        lock (_lock)
        {
            return new DeprecatedOperation
            {
                Api = api,
                Operation = operation,
                Since = since,
                CallerCount = _callers.Count,
                Callers = [.. _callers.OrderByDescending(caller => caller.Value.Count).Take(mostCallers).Select(caller => CallerOf(caller.Key, caller.Value))],
                OtherCalls = _others,
                Calls = _callers.Values.Sum(calls => calls.Count) + _others,
            };
        }
    }

    private static DeprecatedCaller CallerOf(DeprecatedCallerKey key, Calls calls) => new()
    {
        User = key.User,
        ServiceAccount = key.ServiceAccount,
        ApiKey = key.ApiKey,
        Tenant = key.Tenant,
        Address = key.Address,
        Calls = calls.Count,
        FirstCall = calls.First,
        LastCall = calls.Last,
    };

    private readonly record struct Calls(long Count, DateTimeOffset First, DateTimeOffset Last);
}
