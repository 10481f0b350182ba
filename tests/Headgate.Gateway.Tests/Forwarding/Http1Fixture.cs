using System.Text.Json;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>One message of the llhttp fixtures.</summary>
/// <param name="Name">File and name.</param>
/// <param name="Type"><c>request</c>, <c>response</c>, or a lenient mode of that parser.</param>
/// <param name="Input">The bytes.</param>
/// <param name="Error">Why a strict parser refuses it; null when it does not.</param>
/// <param name="Complete">How many messages that parser found complete before it refused.</param>
public sealed record Http1Fixture(string Name, string Type, byte[] Input, string? Error, int Complete)
{
    public static IReadOnlyList<Http1Fixture> Load()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Headgate.slnx")))
            directory = directory.Parent;
        Assert.NotNull(directory);
        string? path = ((string[])["..", "../.."])
            .Select(up => Path.Combine(directory.FullName, up, "shared/conformance/http1/llhttp-fixtures.json"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "The conformance data is expected in ../shared/conformance beside the repository.");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(Read)];
    }

    private static Http1Fixture Read(JsonElement item) => new(
        $"{item.GetProperty("file").GetString()}: {item.GetProperty("name").GetString()}",
        item.GetProperty("type").GetString()!,
        item.GetProperty("inputBase64").GetBytesFromBase64(),
        item.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("reason").GetString() : null,
        item.GetProperty("messagesComplete").GetInt32());
}
