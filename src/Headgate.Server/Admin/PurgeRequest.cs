namespace Headgate.Server.Admin;

/// <summary>What is to be taken out of the cache: one of these.</summary>
/// <param name="Path">A path, with its query where it has one.</param>
/// <param name="Prefix">How paths begin.</param>
/// <param name="Tag">A name that answers carry.</param>
/// <param name="All">True: everything.</param>
internal sealed record PurgeRequest(string? Path = null, string? Prefix = null, string? Tag = null, bool? All = null);
