namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>Puts the header fields of an upstream request into the framework's message.</summary>
internal struct HeaderCollector(HttpRequestMessage message) : IHeaderSink
{
    /// <summary>Whether a field was refused: then the message is not to be sent.</summary>
    public bool IsRefused { get; private set; }

    public void Add(string name, scoped ReadOnlySpan<char> value)
    {
        if (!RequestFieldText.IsValid(name, value))
        {
            IsRefused = true;
            return;
        }

        string text = value.ToString();
        if (message.Headers.TryAddWithoutValidation(name, text))
            return;

        // Fields of the content, whether or not there is content.
        message.Content ??= new ByteArrayContent([]);
        message.Content.Headers.TryAddWithoutValidation(name, text);
    }
}
