using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions.Shapes;
using Headgate.OpenApi.Model;

namespace Headgate.OpenApi.Extensions;

/// <summary>Finds what a document says and this build does not enforce, so that nobody believes otherwise.</summary>
public static class EnforcementReport
{
    /// <summary>The gaps of a whole document, each once, in the order in which they first stand in it.</summary>
    public static IReadOnlyList<EnforcementGap> Of(ApiDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var sets = new HashSet<ExtensionSet>(ReferenceEqualityComparer.Instance) { document.Extensions };
        foreach (ApiSecurityScheme scheme in document.SecuritySchemes.Values)
            sets.Add(scheme.Extensions);
        foreach (ApiOperation operation in document.Operations)
        {
            // The operations of a path share the set of the path item, which counts once.
            sets.Add(operation.PathExtensions);
            sets.Add(operation.Extensions);
        }

        return Find(sets);
    }

    /// <summary>The gaps of one operation and its path item.</summary>
    public static IReadOnlyList<EnforcementGap> Of(ApiOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Find([operation.PathExtensions, operation.Extensions]);
    }

    /// <summary>Warns of the gaps of a document, once for each extension.</summary>
    public static void Warn(ApiDocument document, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        foreach (IGrouping<string, EnforcementGap> extension in Of(document).GroupBy(gap => gap.Extension))
        {
            EnforcementGap first = extension.First();
            string message = first.Setting.Length == 0
                ? $"{first.Extension} ({Places(first.Count)}) is not enforced yet."
                : $"Of {first.Extension}, what follows is not enforced yet: {string.Join(", ", extension.Select(Describe))}.";
            diagnostics.Add(ExtensionDiagnostics.NotEnforced, first.First, message, "It is read and checked; this version of Headgate does not act on it.");
        }
    }

    private static List<EnforcementGap> Find(IEnumerable<ExtensionSet> sets)
    {
        var order = new List<EnforcementGap>();
        var index = new Dictionary<(string Extension, string Setting), int>();
        foreach (BoundExtension bound in sets.SelectMany(set => set.All))
        {
            string name = bound.Definition.Name;
            if (!bound.Definition.Enforced)
                Count(name, "", bound.Node);
            else
                ShapeFactory.ForRecord(bound.Definition.RecordType).FindNotEnforced(bound.Node, "", (path, node) => Count(name, path[1..], node));
        }

        return order;

        void Count(string extension, string setting, Reading.DocumentNode node)
        {
            if (index.TryGetValue((extension, setting), out int at))
            {
                order[at] = order[at] with { Count = order[at].Count + 1 };
                return;
            }

            index.Add((extension, setting), order.Count);
            order.Add(new EnforcementGap(extension, setting, 1, node));
        }
    }

    private static string Describe(EnforcementGap gap) => gap.Count == 1 ? gap.Setting : $"{gap.Setting} ({Places(gap.Count)})";

    private static string Places(int count) => count == 1 ? "at one place" : $"at {count} places";
}
