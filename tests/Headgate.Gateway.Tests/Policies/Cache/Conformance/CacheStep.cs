using System.Globalization;
using System.Text.Json;

namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>One request of a case: what the client sends, what the upstream answers, and what is expected.</summary>
internal sealed class CacheStep(JsonElement json)
{
    private static readonly string[] s_dates = ["date", "expires", "last-modified", "if-modified-since", "if-unmodified-since"];
    private static readonly string[] s_locations = ["location", "content-location"];

    public string Method => Text("request_method") ?? "GET";

    public string? RequestBody => Text("request_body");

    public bool PausesAfter => json.TryGetProperty("pause_after", out JsonElement pause) && pause.GetBoolean();

    public string? ExpectedType => Text("expected_type");

    public int? ExpectedStatus => json.TryGetProperty("expected_status", out JsonElement status) ? status.GetInt32() : null;

    public int? ResponseStatus => json.TryGetProperty("response_status", out JsonElement status) ? status[0].GetInt32() : null;

    public string? ExpectedText => Text("expected_response_text");

    public string? ResponseBody => Text("response_body");

    public bool ChecksBody => !json.TryGetProperty("check_body", out JsonElement check) || check.GetBoolean();

    /// <summary>The fields of a list of the case, dates and locations filled in.</summary>
    public IEnumerable<(string Name, string Value, bool IsChecked)> Fields(string property, DateTimeOffset now, string target)
    {
        foreach (JsonElement field in Items(property).Where(item => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() < 4))
        {
            string name = field[0].GetString()!;
            bool isChecked = field.GetArrayLength() < 3 || field[2].ValueKind != JsonValueKind.False;
            yield return (name, ValueOf(name, field[1], now, target), isChecked);
        }
    }

    /// <summary>The expectations of a list as they stand: names alone, or names with more.</summary>
    public IEnumerable<JsonElement> Items(string property) => json.TryGetProperty(property, out JsonElement list) ? list.EnumerateArray() : [];

    private string? Text(string property) => json.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;

    private string ValueOf(string name, JsonElement value, DateTimeOffset now, string target)
    {
        if (value.ValueKind == JsonValueKind.Number && s_dates.Contains(name, StringComparer.OrdinalIgnoreCase))
            return Format(name, now.AddSeconds(value.GetInt64()));
        string text = value.ToString();
        bool isMagic = json.TryGetProperty("magic_locations", out JsonElement magic) && magic.GetBoolean() && s_locations.Contains(name, StringComparer.OrdinalIgnoreCase);
        return isMagic ? text.Length == 0 ? target : $"{target}/{text}" : text;
    }

    private string Format(string name, DateTimeOffset date)
    {
        bool isRfc850 = Items("rfc850date").Any(item => item.GetString()!.Equals(name, StringComparison.OrdinalIgnoreCase));
        return date.UtcDateTime.ToString(isRfc850 ? "dddd, dd-MMM-yy HH:mm:ss 'GMT'" : "r", CultureInfo.InvariantCulture);
    }
}
