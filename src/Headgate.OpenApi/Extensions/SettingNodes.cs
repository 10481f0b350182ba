using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions;

/// <summary>Finds the place of a setting inside a bound record's node, for the diagnostics of checkers.</summary>
public static class SettingNodes
{
    /// <summary>
    /// The value under the first of the keys that is there; the node itself where none is (a shorthand, or a setting that is missing).
    /// </summary>
    public static DocumentNode At(this DocumentNode node, params ReadOnlySpan<string> keys)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node is ObjectNode map)
        {
            foreach (string key in keys)
            {
                if (map[key] is { } value)
                    return value;
            }
        }

        return node;
    }
}
