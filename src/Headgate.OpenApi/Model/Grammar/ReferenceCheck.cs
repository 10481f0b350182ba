using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>Follows each reference of a document once and reports those that lead nowhere.</summary>
internal sealed class ReferenceCheck(ReferenceResolver resolver, LoadContext context)
{
    private readonly List<(DocumentNode Owner, DocumentNode Reference, ReferenceOutcome Outcome)> _remote = [];

    /// <summary>The value to which an object's <c>$ref</c> leads directly, or null after a finding.</summary>
    public DocumentNode? Follow(ObjectNode owner, DocumentNode reference)
    {
        if (reference is not ScalarNode { Kind: ScalarKind.String } text)
        {
            context.Diagnostics.Add(OpenApiDiagnostics.WrongKind, reference, $"Expected a reference as a string, found {reference.KindName}.", "Write a path such as '#/components/…'.");
            return null;
        }

        ReferenceOutcome outcome = resolver.Locate(owner, text.Text);
        if (outcome.Problem == OpenApiDiagnostics.RemoteReference)
            _remote.Add((owner, reference, outcome));
        else if (outcome.Problem is { } problem)
            outcome.Report(context.Diagnostics, reference, problem);
        else if (outcome.Target is { } target && EndsWell(owner, target, text))
            return target;
        return null;
    }

    /// <summary>
    /// Reports the references over the network: errors where the API uses them, warnings in components that nothing uses. Called
    /// once, when everything has been visited.
    /// </summary>
    public void ReportRemote(ObjectNode root)
    {
        if (_remote.Count == 0)
            return;
        HashSet<DocumentNode> reached = ReachedNodes.Of(root, resolver);
        foreach ((DocumentNode owner, DocumentNode reference, ReferenceOutcome outcome) in _remote)
        {
            DiagnosticDescriptor descriptor = reached.Contains(owner) ? OpenApiDiagnostics.RemoteReference : OpenApiDiagnostics.UnusedRemoteReference;
            outcome.Report(context.Diagnostics, reference, descriptor);
        }
    }

    private bool EndsWell(ObjectNode owner, DocumentNode target, ScalarNode reference)
    {
        DocumentNode? at = target;
        for (int steps = 0; at is not null && steps < context.Limits.MaxReferenceDepth; steps++)
        {
            if (ReferenceEquals(at, owner))
            {
                context.Diagnostics.Add(OpenApiDiagnostics.ReferenceCycle, reference, $"'{reference.Text}' leads back to itself.", "Let one of the references lead to a value.");
                return false;
            }

            if (ReferenceResolver.TextOf(at) is not { } next)
                return true;

            // A link further on that leads nowhere is reported where it stands.
            at = resolver.Locate(at, next).Target;
        }

        if (at is not null)
            context.Diagnostics.Add(OpenApiDiagnostics.ReferenceChainTooLong, reference, $"'{reference.Text}' leads through more than {context.Limits.MaxReferenceDepth} references.", "Refer to the value directly.");
        return at is null;
    }
}
