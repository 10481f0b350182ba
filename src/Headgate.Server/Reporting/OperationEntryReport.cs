using System.Text.Json;
using Headgate.Integration.Operations;

namespace Headgate.Server.Reporting;

/// <summary>What an operation told once.</summary>
internal sealed record OperationEntryReport(long Offset, string Type, string Time, JsonElement Data)
{
    public static OperationEntryReport Of(LoggedEntry entry)
    {
        var reader = new Utf8JsonReader(entry.Data);
        return new OperationEntryReport(entry.Offset, entry.Type, entry.Time, JsonElement.ParseValue(ref reader));
    }
}
