using System.Text.Encodings.Web;
using System.Text.Json;
using Headgate.Gateway.Calls;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>Compiles <c>x-gateway-aggregate</c>.</summary>
internal sealed class AggregateHandlerCompiler : HandlerCompiler
{
    // A document with an error does not run: nobody asks this one, and no other is looked for.
    private static NotImplementedHandler Faulty => new(AggregateExtension.Definition.Name);

    public override GatewayHandler? Compile(OperationScope scope)
    {
        if (scope.Operation.Extensions.Get<AggregateExtension>() is not { } extension)
            return null;
        int[]? order = PartOrder.Of(extension.Parts);
        if (order is null || !extension.Parts.All(part => scope.Services.Names.Contains(part.Service)))
            return Faulty; // Reported by the extension's own check.
        string[] fields = [.. extension.Parts.Select(part => part.Field)];
        OperationScope inner = scope with { Parts = fields };
        var parts = new List<PartPlan>();
        foreach (AggregatePart part in extension.Parts)
        {
            if (Compile(part, extension.Parts, fields, inner) is { } plan)
                parts.Add(plan);
        }

        return parts.Count == fields.Length ? new AggregateHandler(new AggregatePlan([.. parts], order, extension.MaxSize.Bytes) { Declared = extension }) : Faulty;
    }

    private static PartPlan? Compile(AggregatePart part, IReadOnlyList<AggregatePart> all, string[] fields, OperationScope scope)
    {
        CallTarget? target = CallTargetCompiler.Compile(part.Path, scope);
        RequestValue? input = part.Input is null ? null : RequestValueCompiler.Compile(part.Input, scope);
        RequestValue? fallback = part.Fallback is null ? null : RequestValueCompiler.Compile(part.Fallback, scope);
        if (target is null || (part.Input is not null && input is null) || (part.Fallback is not null && fallback is null))
            return null;
        var identity = new PartIdentity(scope.OperationKey, part.Field, part.Service);
        return new PartPlan
        {
            Field = part.Field,
            Name = [(byte)'"', .. JsonEncodedText.Encode(part.Field, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"', (byte)':'],
            Service = part.Service,
            Caller = CallerOf(part, scope),
            Method = part.Method,
            Target = target,
            Input = input,
            Select = JsonSelection.TokensOf(part.Select),
            IsOptional = part.Optional,
            Fallback = fallback,
            DependsOn = [.. part.DependsOn.Distinct().Select(name => Array.IndexOf(fields, name))],
            Dependents = [.. Enumerable.Range(0, fields.Length).Where(other => all[other].DependsOn.Contains(part.Field))],
            Counts = scope.Living(identity, () => new PartCounts(identity)),
        };
    }

    // A part is a request of its own, which is forwarded as any other is: with all that guards calls to the service.
    private static ForwardHandler CallerOf(AggregatePart part, OperationScope scope)
    {
        var call = new BackendExtension { Service = part.Service, Timeout = part.Timeout, Retry = part.Retry, CircuitBreaker = part.CircuitBreaker, Node = part.Node };
        return scope.Services.HandlerOf(ForwardHandlerCompiler.PlanOf(call, part.Service, scope));
    }
}
