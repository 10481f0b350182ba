using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// Merge keys (<c>&lt;&lt;: *base</c>, https://yaml.org/type/merge.html). YAML 1.2 dropped them, but documents in use have
/// them and mean nothing else. A key written out wins over a merged one, an earlier mapping over a later one.
/// </summary>
internal sealed class YamlMerge(LoadContext context)
{
    /// <summary>Merges values into a mapping; false after a finding.</summary>
    public bool Apply(ObjectNode target, List<DocumentNode> merges)
    {
        foreach (DocumentNode merged in merges)
        {
            IEnumerable<DocumentNode> sources = merged is ArrayNode list ? list.ItemList : [merged];
            foreach (DocumentNode source in sources)
            {
                if (source is not ObjectNode mapping)
                {
                    context.Diagnostics.Add(OpenApiDiagnostics.YamlBadMerge, source, $"The merge key '<<' takes a mapping or a list of mappings, not {source.KindName}.", "Write '<<: *anchor', or quote the key if it is meant literally.");
                    return false;
                }

                foreach (ObjectMember member in mapping.MemberList)
                    target.TryAdd(member);
            }
        }

        return true;
    }
}
