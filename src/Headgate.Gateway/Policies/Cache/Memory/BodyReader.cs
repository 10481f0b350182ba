namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>Where one reader of a body stands. The body's own, under its lock.</summary>
internal sealed class BodyReader
{
    /// <summary>The bytes that it has no more need of.</summary>
    public long Position { get; set; }
}
