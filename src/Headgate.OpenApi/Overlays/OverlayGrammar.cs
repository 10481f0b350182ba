using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>The objects of the Overlay Specification 1.0 and 1.1 (§4.4) as tables.</summary>
internal static class OverlayGrammar
{
    public static ObjectRule For(bool hasCopy)
    {
        ObjectRule action = Define("Action Object")
            .Field("target", ScalarRule.Text, required: true)
            .Field("description", ScalarRule.Text)
            .Field("update", AnyRule.Instance)
            .Field("remove", ScalarRule.Flag)
            .When(HasEffect);
        if (hasCopy)
            action.Field("copy", ScalarRule.Text).When((node, scope) => DocumentConditions.Exclusive(node, scope, "update", "copy"));

        return Define("Overlay Object")
            .Field("overlay", ScalarRule.Text, required: true)
            .Field("info", Define("Info Object").Field("title", ScalarRule.Text, required: true).Field("version", ScalarRule.Text, required: true).Field("description", ScalarRule.Text), required: true)
            .Field("extends", ScalarRule.Text)
            .Field("actions", new ListRule(action) { Least = 1 }, required: true);
    }

    private static ObjectRule Define(string name) => new(name, OpenApiVersion.V32);

    private static void HasEffect(ObjectNode action, ConditionScope scope)
    {
        if (!action.Contains("update") && !action.Contains("remove") && !action.Contains("copy"))
            scope.Diagnostics.Add(OpenApiDiagnostics.ActionWithoutEffect, action, "The action changes nothing.", "Add 'update' or 'remove'.");
    }
}
