using System.Collections.Frozen;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.View;

/// <summary>Compiles <c>x-gateway-view</c>.</summary>
internal sealed class ViewCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.View;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        if (scope.Operation.Extensions.Get<ViewExtension>() is not { } extension)
            return null;
        FrozenDictionary<string, ViewPlan> views = extension.Views.ToFrozenDictionary(view => view.Key, view => new ViewPlan(view.Key, FieldTree.Of(view.Value)), StringComparer.Ordinal);
        int? parameter = extension.PathParameter is { } name ? Array.IndexOf([.. scope.Operation.Path.ParameterNames], name) : null;
        ViewPlan? usual = extension.Default is { } byDefault ? views.GetValueOrDefault(byDefault) : null;
        return parameter is -1 ? null : new ViewPolicy(new ViewChoice(views, extension.Header, parameter, extension.Claim, usual), extension);
    }
}
