using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Pipeline;

/// <summary>What a policy's or handler's compiler sees of an operation.</summary>
/// <param name="Api">The API that is compiled.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Config">The document's <c>x-gateway-config</c>, or its defaults.</param>
/// <param name="Services">The services of the document.</param>
/// <param name="Diagnostics">Where findings go.</param>
public sealed record OperationScope(ApiPlan Api, ApiOperation Operation, GatewayConfigExtension Config, ServiceTable Services, DiagnosticBag Diagnostics)
{
    /// <summary>The document.</summary>
    public ApiDocument Document => Api.Document;

    /// <summary>The parts of the aggregate whose answers values may use, in order; empty elsewhere.</summary>
    internal IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>The calls that are made before the one whose values are compiled, in order; empty where there are none.</summary>
    public IReadOnlyList<EarlierCall> Earlier { get; init; } = [];

    /// <summary>Whether the call whose values are compiled undoes the last of <see cref="Earlier"/>.</summary>
    public bool UndoesLast { get; init; }

    /// <summary>Whether the body of the client's request is kept for the values.</summary>
    public bool KeepsBody { get; init; }

    /// <summary>What tells the operation from all others of all documents: the key of state of its own.</summary>
    public string OperationKey => $"{Api.Name}/{Operation.Id}";

    /// <summary>
    /// How long the operation's service, or those of its parts that wait for each other, may take up to the head of the answer: waiting for the service's turn and retries included; a day for what nothing bounds.
    /// </summary>
    public TimeSpan CallTimeout => Operation.Extensions.Get<AggregateExtension>() is { } aggregate ? PartTimes.LongestOf(aggregate.Parts, this) : ForwardHandlerCompiler.LongestOf(this);

    /// <summary>Makes a policy once per document and settings: operations that say the same share one object.</summary>
    /// <param name="settings">The settings record; compared by reference.</param>
    /// <param name="make">Makes the policy when no operation asked before.</param>
    public GatewayPolicy? Share<TSettings>(TSettings settings, Func<TSettings, GatewayPolicy?> make)
        where TSettings : class
    {
        ArgumentNullException.ThrowIfNull(make);
        if (!Api.SharedPolicies.TryGetValue(settings, out GatewayPolicy? policy))
            Api.SharedPolicies.Add(settings, policy = make(settings));
        return policy;
    }

    /// <summary>State that lives longer than the plan: the same object for the same key, from reload to reload.</summary>
    /// <param name="key">What the document says that the state depends on, compared by value.</param>
    /// <param name="make">Makes it when there is none yet.</param>
    internal TState Living<TState>(object key, Func<TState> make)
        where TState : class
    {
        TState state = Api.States.Get(key, make);
        Api.UsedStates.Add(state);
        return state;
    }
}
