using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Aggregation;

/// <summary>
/// The parts of one request while they are asked for. Belongs to its context and is reused with it. Parts may end on any thread; everything else is done by one thread at a time, but for
/// <see cref="OnClientGone"/>.
/// </summary>
[SuppressMessage("Reliability", "CA2012", Justification = "Parts run side by side: each is kept until it is awaited, once, in an order in which it is there by then.")]
internal sealed class AggregateRun : IClientAbortListener
{
    private readonly List<PartRun> _parts = [];
    private readonly PartFields _fields = new();
    private AggregateBody? _body;
    private ValueTask[] _running = [];
    private int[] _waits = [];
    private GatewayContext _client = null!;
    private long _bytes;
    private GatewayFailure? _failure;
    private ExceptionDispatchInfo? _fault;

    /// <summary>What is asked for.</summary>
    public AggregatePlan Plan { get; private set; } = null!;

    /// <summary>How many parts the request has; 0 when it is no aggregate.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is no use in asking for more.</summary>
    public bool IsOver => Volatile.Read(ref _failure) is not null || Volatile.Read(ref _fault) is not null || _client.ClientGone;

    /// <summary>The part at a position of the plan.</summary>
    public PartRun this[int position] => _parts[position];

    /// <summary>Begins.</summary>
    public void Begin(GatewayContext client, AggregatePlan plan)
    {
        (_client, Plan, Count, _bytes, _failure, _fault) = (client, plan, plan.Parts.Length, 0, null, null);
        while (_parts.Count < Count)
            _parts.Add(new PartRun(client));
        if (_running.Length < Count)
            (_running, _waits) = (new ValueTask[Count], new int[Count]);
        _fields.Fill(client.Request.Headers);
        for (int i = 0; i < Count; i++)
        {
            _parts[i].Begin(this, plan.Parts[i], _fields);
            _waits[i] = plan.Parts[i].DependsOn.Length;
        }
    }

    /// <summary>Asks for all parts.</summary>
    /// <returns>The failure that is the answer; null when the parts are one.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<GatewayFailure?> RunAsync()
    {
        _client.ListenForAbort(this);
        for (int i = 0; i < Count; i++)
        {
            if (Plan.Parts[i].DependsOn.Length == 0)
                _running[i] = RunPartAsync(i);
        }

        // Each part begins what waits for it before it ends, and stands before it in this order.
        foreach (int position in Plan.Order)
            await _running[position];
        _client.ListenForAbort(null);
        if (_fault is { } fault)
        {
            Release();
            fault.Throw();
        }

        return _client.ClientGone ? UpstreamFailures.ClientGone : _failure;
    }

    /// <summary>Makes the parts the answer.</summary>
    public void Answer() => (_body ??= new AggregateBody(this)).Begin(_client);

    /// <summary>Whether so many more bytes may be held.</summary>
    public bool TryHold(int count) => Interlocked.Add(ref _bytes, count) <= Plan.MostBytes;

    /// <summary>Gives bytes of a part back that failed.</summary>
    public void GiveBack(long count) => Interlocked.Add(ref _bytes, -count);

    /// <summary>Lets go of what the parts hold. Safe to call again.</summary>
    public void Release()
    {
        for (int i = 0; i < Count; i++)
            _parts[i].Release();
    }

    /// <summary>The request is over.</summary>
    public void Forget() => Count = 0;

    public void OnClientGone(GatewayContext context) => StopAll();

    // Never throws: all parts have to end before any of them may be reused.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunPartAsync(int position)
    {
        PartRun part = _parts[position];
        try
        {
            await part.RunAsync(_client);
            if (part.Failure is not null && part.Plan.IsRequired && Interlocked.CompareExchange(ref _failure, part.Failure, null) is null)
                StopAll();
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(error), null);
            StopAll();
        }

        foreach (int dependent in part.Plan.Dependents)
        {
            if (Interlocked.Decrement(ref _waits[dependent]) == 0)
                _running[dependent] = RunPartAsync(dependent);
        }
    }

    private void StopAll()
    {
        for (int i = 0; i < Count; i++)
            _parts[i].Stop();
    }
}
