namespace Headgate.Server.Tests.Operations;

/// <summary>A stream of server-sent events, read as a client does.</summary>
internal sealed class EventStream(HttpResponseMessage response) : IDisposable
{
    private StreamReader? _reader;

    public int Status => (int)response.StatusCode;

    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>The id of the last event.</summary>
    public string? LastId { get; private set; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<(string Type, string Data)?> ReadAsync()
    {
        _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        (string type, string data) = ("message", "");
        while (await _reader.ReadLineAsync(Stop) is { } line)
        {
            if (line.Length == 0 && data.Length > 0)
                return (type, data);
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            switch (colon < 0 ? "" : line[..colon])
            {
                case "id": LastId = line[(colon + 2)..]; break;
                case "event": type = line[(colon + 2)..]; break;
                case "data": data = line[(colon + 2)..]; break;
                default: break;
            }
        }

        return null;
    }

    /// <summary>The types of all that is left.</summary>
    public async Task<List<string>> ReadTypesAsync()
    {
        var types = new List<string>();
        while (await ReadAsync() is { } read)
            types.Add(read.Type);
        return types;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        response.Dispose();
    }
}
