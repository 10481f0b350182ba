using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>Applies Overlay documents (Overlay Specification 1.0 and 1.1) to a tree.</summary>
internal sealed class OverlayApplier(LoadContext context)
{
    /// <summary>
    /// Applies an overlay. What is wrong with it is reported also when there is no document to apply it to.
    /// </summary>
    public void Apply(DocumentNode overlay, DocumentNode? document)
    {
        if (VersionOf(overlay) is not { } minor)
            return;
        var root = (ObjectNode)overlay;
        new StructureChecker(OpenApiVersion.V32, context.Diagnostics, null).Check(root, OverlayGrammar.For(hasCopy: minor >= 1));
        if (root["actions"] is not ArrayNode actions)
            return;
        foreach (ObjectNode action in actions.Items.OfType<ObjectNode>())
            Apply(action, hasCopy: minor >= 1, document);
    }

    private int? VersionOf(DocumentNode overlay)
    {
        string? version = ((overlay as ObjectNode)?["overlay"] as ScalarNode)?.AsString();
        string[] parts = version?.Split('.') ?? [];
        if (parts is ["1", "0" or "1", var patch] && int.TryParse(patch, out _))
            return parts[1] == "0" ? 0 : 1;
        context.Diagnostics.Add(OpenApiDiagnostics.NotAnOverlay, overlay, version is null ? "This is no Overlay document: it has no 'overlay' field." : $"Headgate does not read Overlay version '{version}'.", "Begin with 'overlay: 1.0.0'.");
        return null;
    }

    private void Apply(ObjectNode action, bool hasCopy, DocumentNode? document)
    {
        if (action["target"] is not ScalarNode { Kind: ScalarKind.String } target || Parse(target) is not { } query || document is null)
            return;
        if (Select(target, query, document) is not { } selected)
            return;
        if (selected.Count == 0)
            context.Diagnostics.Add(OpenApiDiagnostics.NoMatch, target, $"'{target.Text}' selects nothing; the action has no effect.", "Check the path against the document, after the actions before this one.");
        else if ((action["remove"] as ScalarNode)?.AsBoolean() == true)
            Remove(selected, target);
        else if ((action["update"] ?? (hasCopy ? Source(action, document) : null)) is { } update)
            selected.ForEach(node => new OverlayMerge(context).Apply(node, update));
    }

    private PathQuery? Parse(ScalarNode path)
    {
        try
        {
            return PathParser.Parse(path.Text);
        }
        catch (PathSyntaxException error)
        {
            context.Diagnostics.Add(error.Unsupported ? OpenApiDiagnostics.UnsupportedJsonPath : OpenApiDiagnostics.BadJsonPath, path, $"'{path.Text}': {error.Message}.", "See the supported part of JSONPath in the reference of OpenAPI support.");
            return null;
        }
    }

    private List<DocumentNode>? Select(ScalarNode path, PathQuery query, DocumentNode document)
    {
        var evaluator = new PathEvaluator(document, context.QueryStepsLeft);
        List<DocumentNode> selected = [.. evaluator.Select(query, document).Distinct()];
        context.QueryStepsLeft = evaluator.StepsLeft;
        if (!evaluator.Exhausted)
            return selected;
        context.Diagnostics.Add(OpenApiDiagnostics.QueryTooCostly, path, $"'{path.Text}' and the paths before it visit more than {context.Limits.MaxQuerySteps} values.", "Name the path more exactly.");
        return null;
    }

    /// <summary>The value that the action copies, or null.</summary>
    private DocumentNode? Source(ObjectNode action, DocumentNode document)
    {
        if (action["copy"] is not ScalarNode { Kind: ScalarKind.String } path || Parse(path) is not { } query || Select(path, query, document) is not { } selected)
            return null;
        if (selected is [var source])
            return new OverlayMerge(context).Copy(source);
        context.Diagnostics.Add(OpenApiDiagnostics.CopySource, path, $"'{path.Text}' selects {selected.Count} values; 'copy' takes exactly one.", "Name one value.");
        return null;
    }

    private void Remove(List<DocumentNode> selected, ScalarNode target)
    {
        var nodes = selected.ToHashSet();
        foreach (DocumentNode? holder in selected.Select(node => node.Parent).Distinct().ToList())
        {
            if (holder is ObjectNode members)
                members.RemoveAll(nodes);
            else if (holder is ArrayNode list)
                list.RemoveAll(nodes);
            else
                context.Diagnostics.Add(OpenApiDiagnostics.RemoveRoot, target, "The action removes the whole document.", "Select parts of it.");
        }
    }
}
