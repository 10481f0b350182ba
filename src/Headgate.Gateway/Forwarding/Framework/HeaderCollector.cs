namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>Puts the header fields of an upstream request into the framework's message.</summary>
internal readonly struct HeaderCollector(HttpRequestMessage message) : IHeaderSink
{
    public void Add(string name, scoped ReadOnlySpan<char> value)
    {
        string text = value.ToString();
        if (message.Headers.TryAddWithoutValidation(name, text))
            return;

        // Fields of the content, whether or not there is content.
        message.Content ??= new ByteArrayContent([]);
        message.Content.Headers.TryAddWithoutValidation(name, text);
    }
}
