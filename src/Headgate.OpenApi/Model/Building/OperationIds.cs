using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Holds <c>operationId</c>s unique among all operations described, those of webhooks and callbacks included (OAS 3.1.1 §4.8.10).</summary>
internal static class OperationIds
{
    public static void Check(IEnumerable<ObjectNode> operations, DiagnosticBag diagnostics)
    {
        var seen = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        foreach (ObjectNode operation in operations)
        {
            if (operation["operationId"] is not ScalarNode { Kind: ScalarKind.String } id || seen.TryAdd(id.Text, id))
                continue;
            diagnostics.Add(OpenApiDiagnostics.DuplicateOperationId, id, $"The operationId '{id.Text}' is used already ({seen[id.Text].Location}).", "Give each operation an id of its own.");
        }
    }
}
