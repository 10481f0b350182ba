using System.Text.Json.Nodes;
using Headgate.OpenApi.Extensions.Shapes;

namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Writes what an extension's record holds as a document would say it, every default written out; null stands for a setting that is not given and has no value of
/// its own. Secrets are not in records: a reference to one stays a reference.
/// </summary>
public static class ExtensionJson
{
    /// <summary>The record as JSON.</summary>
    /// <param name="record">A record of a registered extension, bound or made with its defaults.</param>
    public static JsonObject Write(object record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return ShapeFactory.ForRecord(record.GetType()).ToJson(record);
    }
}
