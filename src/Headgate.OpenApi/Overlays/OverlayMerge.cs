using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>
/// Merges values into a document. What is merged is copied, so that one action may update many places; copies keep the place at
/// which they are written in the overlay.
/// </summary>
internal sealed class OverlayMerge(LoadContext context)
{
    /// <summary>Applies an update to a selected value.</summary>
    public void Apply(DocumentNode target, DocumentNode update)
    {
        if (target is ArrayNode list)
            Append(list, update is ArrayNode more ? more.ItemList : [update]);
        else if (target is ObjectNode holder && update is ObjectNode members)
            Merge(holder, members);
        else if (target is ScalarNode && update is ScalarNode && target.Parent is not null)
            Replace(target, update);
        else
            ReportMismatch(target, update);
    }

    /// <summary>A copy of a value, or null when the load may make no more values.</summary>
    public DocumentNode? Copy(DocumentNode value) =>
        context.SpendNodes(NodeCloner.Count(value, context.NodesLeft), value.File, value.Line, value.Column) ? NodeCloner.Copy(value) : null;

    // Overlay 1.1 §4.4.3: members are added, primitives replaced, objects merged and arrays joined.
    private void Merge(ObjectNode target, ObjectNode update)
    {
        foreach (ObjectMember member in update.Members.ToList())
        {
            switch (target[member.Key], member.Value)
            {
                case (ObjectNode holder, ObjectNode members):
                    Merge(holder, members);
                    break;
                case (ArrayNode list, ArrayNode more):
                    Append(list, more.ItemList);
                    break;
                case (null, _) or (ScalarNode, ScalarNode) or (ScalarNode { Kind: ScalarKind.Null }, _):
                    if (Copy(member.Value, target) is { } copy)
                        target.Set(member with { Value = copy });
                    break;

                // The specification's own example has 'components:' with nothing after it, which is to change nothing.
                case (_, ScalarNode { Kind: ScalarKind.Null }):
                    break;
                case ({ } other, _):
                    ReportMismatch(other, member.Value);
                    break;
            }
        }
    }

    private void Append(ArrayNode target, IEnumerable<DocumentNode> items)
    {
        foreach (DocumentNode item in items.ToList())
        {
            if (Copy(item, target) is { } copy)
                target.Add(copy);
        }
    }

    private void Replace(DocumentNode target, DocumentNode update)
    {
        // The place of a value in its holder is searched, which takes time in proportion.
        int siblings = target.Parent is ObjectNode members ? members.MemberList.Count : ((ArrayNode)target.Parent!).ItemList.Count;
        if (Copy(update, target.Parent!) is not { } copy || !context.SpendNodes(siblings / 64, update.File, update.Line, update.Column))
            return;
        if (target.Parent is ArrayNode list)
            list.Replace(target, copy);
        else if (target.Parent is ObjectNode holder)
            holder.Set(holder.MemberList.Find(member => member.Value == target) with { Value = copy });
    }

    private DocumentNode? Copy(DocumentNode value, DocumentNode holder)
    {
        if (Copy(value) is not { } copy)
            return null;
        if (NodeCloner.Level(holder) + 1 + NodeCloner.Depth(value) <= context.Limits.MaxDepth)
            return copy;
        context.ReportDepth(value.File, value.Line, value.Column);
        return null;
    }

    private void ReportMismatch(DocumentNode target, DocumentNode update) => context.Diagnostics.Add(
        OpenApiDiagnostics.UpdateMismatch,
        update,
        $"The target '{target.Pointer}' ({target.Location}) is {target.KindName}; it cannot be updated with {update.KindName}.",
        "Give it a value of the same type, or remove the target first.");
}
