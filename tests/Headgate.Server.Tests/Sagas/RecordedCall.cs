namespace Headgate.Server.Tests.Sagas;

/// <summary>A call that a service saw.</summary>
internal sealed record RecordedCall(string Service, string Method, string Path, string Body, string Key, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The key without the id of the saga.</summary>
    public string Step => Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public override string ToString() => $"{Service} {Method} {Path} {Body}";
}
