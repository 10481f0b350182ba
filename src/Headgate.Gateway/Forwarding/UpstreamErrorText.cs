using System.Text.Json;
using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// What an upstream's JSON error says, in whichever of the usual forms: problem details, <c>{error: {code, message}}</c>, <c>{code, message}</c>,
/// OAuth's <c>{error, error_description}</c>. Every part may be missing.
/// </summary>
/// <param name="Code">A machine-readable code.</param>
/// <param name="Title">A summary.</param>
/// <param name="Message">The explanation.</param>
/// <param name="Errors">Single reasons with their places.</param>
internal sealed record UpstreamErrorText(string? Code, string? Title, string? Message, IReadOnlyList<FailureDetail> Errors)
{
    public static UpstreamErrorText None { get; } = new(null, null, null, []);

    /// <summary>Reads a body; what is not a JSON object says nothing.</summary>
    public static UpstreamErrorText Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : None;
        }
        catch (JsonException)
        {
            // The upstream announced JSON and sent something else: its status still stands.
            return None;
        }
    }

    private static UpstreamErrorText Read(JsonElement root)
    {
        JsonElement inner = root.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object ? error : root;
        return new UpstreamErrorText(
            Text(inner, "code") ?? Text(root, "code") ?? Text(root, "error"),
            Text(root, "title"),
            Text(inner, "message") ?? Text(root, "detail") ?? Text(root, "error_description") ?? Text(root, "message"),
            Details(root));
    }

    private static List<FailureDetail> Details(JsonElement root)
    {
        var details = new List<FailureDetail>();
        if (!root.TryGetProperty("errors", out JsonElement errors) || errors.ValueKind != JsonValueKind.Array)
            return details;
        foreach (JsonElement item in errors.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && Text(item, "detail") is { } detail)
                details.Add(new FailureDetail(Text(item, "pointer") ?? "", detail));
        }

        return details;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
