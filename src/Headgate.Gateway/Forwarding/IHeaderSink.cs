namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Takes the header fields of the upstream request one by one. Implemented by structs, so that the rules of
/// <see cref="UpstreamRequestHeaders"/> are compiled once for each transport without virtual calls.
/// </summary>
internal interface IHeaderSink
{
    /// <summary>Takes one field line. Name and value are valid HTTP field text.</summary>
    void Add(string name, scoped ReadOnlySpan<char> value);
}
