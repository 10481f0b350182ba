using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>An answer, read whole.</summary>
internal sealed record Reply(int Status, JsonNode? Body, HttpResponseHeaders Headers)
{
    /// <summary>The content as it came.</summary>
    public string Content { get; init; } = "";

    public string? ErrorCode => Body?["error"]?["code"]?.GetValue<string>();

    public string Id => Text("id");

    public bool Replayed => Headers.Contains("Idempotent-Replayed");

    public string Text(string property) => Body![property]!.GetValue<string>();

    public string Header(string name) => Headers.GetValues(name).Single();

    public Reply Expect(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Content}");
        return this;
    }
}
