using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>
/// Holds a tree to the grammar and reports everything that is wrong at once. Each object is checked once; what references lead
/// to is checked as what the referring place expects, from a queue, so that long chains need no stack.
/// </summary>
internal sealed class StructureChecker(OpenApiVersion version, DiagnosticBag diagnostics, ReferenceCheck? references)
{
    private readonly UnknownFieldReport _unknownFields = new(diagnostics);
    private readonly ConditionScope _scope = new(version, diagnostics);
    private readonly Queue<(DocumentNode Node, ObjectRule Rule, DocumentNode Reference)> _targets = new();

    /// <summary>The objects with <c>x-gateway-*</c> members that stand where such may stand: whether they are bound there, the model says.</summary>
    public List<ObjectNode> GatewayOwners { get; } = [];

    /// <summary>Every operation that was visited, those of webhooks and callbacks included.</summary>
    public List<ObjectNode> Operations { get; } = [];

    public void Check(DocumentNode root, Rule rule)
    {
        Visit(root, rule);
        while (_targets.TryDequeue(out (DocumentNode Node, ObjectRule Rule, DocumentNode Reference) target))
            VisitTarget(target.Node, target.Rule, target.Reference);
    }

    private void VisitTarget(DocumentNode target, ObjectRule rule, DocumentNode reference)
    {
        if (target is ObjectNode { CheckedAs: ObjectRule other } && other != rule)
            diagnostics.Add(OpenApiDiagnostics.WrongTarget, reference, $"'{((ScalarNode)reference).Text}' leads to a {other.Name}; a {rule.Name} is needed.", "Refer to something of the right kind.");
        else if (target is not ScalarNode { Kind: ScalarKind.Boolean } || rule.Reference != ReferenceUse.Schema)
            Visit(target, rule);
    }

    private void Visit(DocumentNode node, Rule rule)
    {
        if (rule is EitherRule either && either.For(node) is { } chosen)
            rule = chosen;
        if (!rule.Matches(node))
        {
            ReportKind(node, rule);
            return;
        }

        switch (rule)
        {
            case ObjectRule objectRule:
                VisitObject((ObjectNode)node, objectRule);
                break;
            case ScalarRule scalarRule:
                new ScalarCheck(diagnostics).Check((ScalarNode)node, scalarRule);
                break;
            case MapRule mapRule:
                VisitMap((ObjectNode)node, mapRule);
                break;
            case ListRule listRule:
                VisitList((ArrayNode)node, listRule);
                break;
        }
    }

    private void VisitObject(ObjectNode node, ObjectRule rule)
    {
        if (node.CheckedAs is not null)
            return;
        node.CheckedAs = rule;
        if (rule.Gateway == ExtensionLocations.Operation)
            Operations.Add(node);

        if (rule.Reference != ReferenceUse.None && references is not null && node["$ref"] is { } reference)
        {
            if (references.Follow(node, reference) is { } target)
                _targets.Enqueue((target, rule, reference));
            if (rule.Reference == ReferenceUse.Object)
            {
                VisitBesideReference(node);
                return;
            }
        }

        foreach (ObjectMember member in node.MemberList)
            VisitMember(node, member, rule);
        foreach (string required in rule.Required)
        {
            if (!node.Contains(required))
                diagnostics.Add(OpenApiDiagnostics.MissingField, node, $"The {rule.Name} lacks '{required}'.", $"Add '{required}'.");
        }

        foreach (Action<ObjectNode, ConditionScope> condition in rule.Conditions)
            condition(node, _scope);
    }

    private void VisitMember(ObjectNode owner, ObjectMember member, ObjectRule rule)
    {
        if (rule.Field(member.Key) is { } field)
            Visit(member.Value, field);
        else if (member.Key.StartsWith("x-", StringComparison.Ordinal) && rule.Extensible)
            VisitExtension(owner, member, rule);
        else if (rule.Patterned is { } keys && keys.Allows(member.Key))
            Visit(member.Value, rule.PatternedValue);
        else
            _unknownFields.Report(member, rule);
    }

    private void VisitExtension(ObjectNode owner, ObjectMember member, ObjectRule rule)
    {
        if (!member.Key.StartsWith("x-gateway-", StringComparison.Ordinal))
            return;
        if (rule.Gateway == ExtensionLocations.None)
            MisplacedExtension.Report(diagnostics, member, rule.Name);
        else if (GatewayOwners.Count == 0 || GatewayOwners[^1] != owner)
            GatewayOwners.Add(owner);
    }

    // OAS 3.1.1 §4.8.23: summary and description override; all else beside $ref is ignored (in 3.0: everything).
    private void VisitBesideReference(ObjectNode node)
    {
        foreach (ObjectMember member in node.MemberList)
        {
            if (member.Key == "$ref" || (version != OpenApiVersion.V30 && member.Key is "summary" or "description"))
                continue;
            if (member.Key.StartsWith("x-gateway-", StringComparison.Ordinal))
                MisplacedExtension.Report(diagnostics, member, "Reference Object");
            else if (!member.Key.StartsWith("x-", StringComparison.Ordinal))
                diagnostics.Add(OpenApiDiagnostics.IgnoredBesideReference, member, $"'{member.Key}' beside '$ref' is ignored.", "Move it to what the reference leads to, or remove it.");
        }
    }

    private void VisitMap(ObjectNode node, MapRule rule)
    {
        if (node.MemberList.Count < rule.Least)
            diagnostics.Add(OpenApiDiagnostics.TooFew, node, $"This object has {node.MemberList.Count} members; it needs {rule.Least}.", null);
        foreach (ObjectMember member in node.MemberList)
        {
            if (rule.Keys is { } keys && !keys.Allows(member.Key))
                diagnostics.Add(OpenApiDiagnostics.BadKey, member, $"'{member.Key}' is no key that may stand here.", keys.Description);
            Visit(member.Value, rule.Value);
        }
    }

    private void VisitList(ArrayNode node, ListRule rule)
    {
        if (node.ItemList.Count < rule.Least)
            diagnostics.Add(OpenApiDiagnostics.TooFew, node, "This array must not be empty.", "Add an item, or remove the array.");
        foreach (DocumentNode item in node.ItemList)
            Visit(item, rule.Item);
        if (rule.Unique && node.ItemList.Count > 1)
            new ScalarCheck(diagnostics).CheckUnique(node);
    }

    private void ReportKind(DocumentNode node, Rule rule)
    {
        string fix = rule is ScalarRule { Kind: ScalarKind.String } && node is ScalarNode { Kind: not ScalarKind.Null }
            ? "Put it in quotes."
            : $"Write {rule.Expected}.";
        diagnostics.Add(OpenApiDiagnostics.WrongKind, node, $"Expected {rule.Expected}, found {node.KindName}.", fix);
    }
}
